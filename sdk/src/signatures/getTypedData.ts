// What is signed, in parts, for signers that are no account of viem: a key store, a wallet in a browser, ethers.
import type { TypedDataDefinition } from "viem";
import type { AgentLinkStatement } from "../types/link.ts";
import type {
  SignedAgentWallet,
  SignedDelegationRevocation,
  SignedPulse,
  SignedRegister,
  SignedRevoke,
  SignedRotateKey,
  SignedVouch,
  SignedWarn,
  Unsent,
} from "../types/signed.ts";
import type { SignableTypedData } from "../types/typedData.ts";
import {
  agentLinkMessage,
  agentWalletMessage,
  delegationRevocationMessage,
  pulseMessage,
  registerMessage,
  revokeMessage,
  rotateKeyMessage,
} from "./messages.ts";
import { messageOf } from "./voidable.ts";

/**
 * The EIP-712 message of a consent to being registered, for a signer that is no account of viem. Put its answer through `canonicalSignature`.
 *
 * @param consent - The fields of what `signRegister` returns, as they are. A `signature` is left out of account.
 * @returns Domain, types, primary type and message.
 * @throws {InvalidAddressError} A field that is an address is none.
 * @throws {InvalidSignedError} Its chain or its key epoch is none.
 *
 * @example
 * const { signature: _, ...consent } = await signRegister(agent, {});
 * const { primaryType } = getRegisterTypedData(consent); // "Register"
 */
export function getRegisterTypedData(consent: Unsent<SignedRegister>): SignableTypedData {
  return inParts(registerMessage(consent));
}

/**
 * The EIP-712 message of a check-in, for a signer that is no account of viem. Put its answer through `canonicalSignature`.
 *
 * @param checkIn - The fields of what `signPulse` returns, as they are. A `signature` is left out of account.
 * @returns Domain, types, primary type and message.
 * @throws {InvalidAddressError} A field that is an address is none.
 * @throws {InvalidSignedError} Its chain or its key epoch is none.
 *
 * @example
 * const { signature: _, ...checkIn } = await signPulse(client, { id: 7 });
 * const { primaryType } = getPulseTypedData(checkIn); // "Pulse"
 */
export function getPulseTypedData(checkIn: Unsent<SignedPulse>): SignableTypedData {
  return inParts(pulseMessage(checkIn));
}

/**
 * The EIP-712 message of a vouch, for a signer that is no account of viem. Put its answer through `canonicalSignature`.
 *
 * @param offer - The fields of what `signVouch` returns, as they are. A `signature` is left out of account.
 * @returns Domain, types, primary type and message.
 * @throws {InvalidAddressError} A field that is an address is none.
 * @throws {InvalidSignedError} Its chain or its key epoch is none.
 *
 * @example
 * const { signature: _, ...offer } = await signVouch(client, { voucherId: 7, subjectId: 9, stake: 30, periods: 2 });
 * const { primaryType } = getVouchTypedData(offer); // "Vouch"
 */
export function getVouchTypedData(offer: Unsent<SignedVouch>): SignableTypedData {
  return inParts(messageOf(offer));
}

/**
 * The EIP-712 message of a warning, for a signer that is no account of viem. Put its answer through `canonicalSignature`.
 *
 * @param offer - The fields of what `signWarn` returns, as they are. A `signature` is left out of account.
 * @returns Domain, types, primary type and message.
 * @throws {InvalidAddressError} A field that is an address is none.
 * @throws {InvalidSignedError} Its chain or its key epoch is none.
 *
 * @example
 * const { signature: _, ...offer } = await signWarn(client, { voucherId: 7, subjectId: 9, stake: 30, periods: 2 });
 * const { primaryType } = getWarnTypedData(offer); // "Warn"
 */
export function getWarnTypedData(offer: Unsent<SignedWarn>): SignableTypedData {
  return inParts(messageOf(offer));
}

/**
 * The EIP-712 message of a revocation, for a signer that is no account of viem. Put its answer through `canonicalSignature`.
 *
 * @param revocation - The fields of what `signRevoke` returns, as they are. A `signature` is left out of account.
 * @returns Domain, types, primary type and message.
 * @throws {InvalidAddressError} A field that is an address is none.
 * @throws {InvalidSignedError} Its chain or its key epoch is none.
 *
 * @example
 * const { signature: _, ...revocation } = await signRevoke(client, { voucherId: 7, subjectId: 9 });
 * const { primaryType } = getRevokeTypedData(revocation); // "Revoke"
 */
export function getRevokeTypedData(revocation: Unsent<SignedRevoke>): SignableTypedData {
  return inParts(revokeMessage(revocation));
}

/**
 * The EIP-712 message of a next key's consent, for a signer that is no account of viem. Put its answer through `canonicalSignature`.
 *
 * @param consent - The fields of what `signRotateKey` returns, as they are. A `signature` is left out of account.
 * @returns Domain, types, primary type and message.
 * @throws {InvalidAddressError} A field that is an address is none.
 * @throws {InvalidSignedError} Its chain or its key epoch is none.
 *
 * @example
 * const { signature: _, ...consent } = await signRotateKey(nextKey, { id: 7 });
 * const { primaryType } = getRotateKeyTypedData(consent); // "RotateKey"
 */
export function getRotateKeyTypedData(consent: Unsent<SignedRotateKey>): SignableTypedData {
  return inParts(rotateKeyMessage(consent));
}

/**
 * The EIP-712 message of a wallet's consent, for a signer that is no account of viem. Put its answer through `canonicalSignature`.
 *
 * @param consent - The fields of what `signAgentWallet` returns, as they are. A `signature` is left out of account.
 * @returns Domain, types, primary type and message.
 * @throws {InvalidAddressError} A field that is an address is none.
 * @throws {InvalidSignedError} Its chain or its key epoch is none.
 *
 * @example
 * const { signature: _, ...consent } = await signAgentWallet(hotKey, { id: 7 });
 * const { primaryType } = getAgentWalletTypedData(consent); // "AgentWalletSet"
 */
export function getAgentWalletTypedData(consent: Unsent<SignedAgentWallet>): SignableTypedData {
  return inParts(agentWalletMessage(consent));
}

/**
 * The EIP-712 message of the revocation of a grant, for a signer that is no account of viem. Put its answer through `canonicalSignature`.
 *
 * @param revocation - The fields of what `signDelegationRevocation` returns, as they are. A `signature` is left out of account.
 * @returns Domain, types, primary type and message.
 * @throws {InvalidAddressError} A field that is an address is none.
 * @throws {InvalidSignedError} Its chain is none.
 *
 * @example
 * const { signature: _, ...revocation } = await signDelegationRevocation(client, { handle });
 * const { primaryType } = getDelegationRevocationTypedData(revocation); // "Revocation"
 */
export function getDelegationRevocationTypedData(revocation: Unsent<SignedDelegationRevocation>): SignableTypedData {
  return inParts(delegationRevocationMessage(revocation));
}

/**
 * The EIP-712 message of a statement about a link, for a signer that is no account of viem. Put its answer through `canonicalSignature`.
 *
 * @param statement - The fields of what `signAgentLink` returns, as they are.
 * @returns Domain, types, primary type and message.
 *
 * @example
 * const there = { agentRegistry: "eip155:1:0x8004A169FB4a3325136EB29fA0ceB6D2e539a432", agentId: 22 };
 * const { signature: _, ...statement } = await signAgentLink(client, { id: 7, agent: there });
 * const { primaryType } = getAgentLinkTypedData(statement); // "AgentLink"
 */
export function getAgentLinkTypedData(statement: AgentLinkStatement): SignableTypedData {
  return inParts(agentLinkMessage(statement));
}

/** A copy, which nobody shares with the SDK. */
function inParts({ domain = {}, types, primaryType, message }: TypedDataDefinition): SignableTypedData {
  const fields = Object.entries(types as Record<string, readonly { name: string; type: string }[]>);
  return {
    domain: { ...domain },
    types: Object.fromEntries(fields.map(([name, list]) => [name, list.map((field) => ({ ...field }))])),
    primaryType,
    message: { ...(message as Record<string, unknown>) },
  };
}
