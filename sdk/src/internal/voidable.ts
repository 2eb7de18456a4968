// Taking back is for what could count: whoever takes back what cannot would be told that it did something.
import { type Address, type Hex, type TypedDataDefinition, zeroAddress } from "viem";
import { getBlock } from "viem/actions";
import { getIdentity } from "../actions/identity/getIdentity.ts";
import { resolveKey } from "../actions/identity/resolveKey.ts";
import type { SignedAgentWallet } from "../actions/identity/signAgentWallet.ts";
import type { SignedPulse } from "../actions/identity/signPulse.ts";
import type { SignedRegister } from "../actions/identity/signRegister.ts";
import type { SignedRotateKey } from "../actions/identity/signRotateKey.ts";
import { getVouch } from "../actions/vouch/getVouch.ts";
import type { SignedRevoke } from "../actions/vouch/signRevoke.ts";
import type { SignedVouch } from "../actions/vouch/signVouch.ts";
import type { SignedWarn } from "../actions/vouch/signWarn.ts";
import { getRegistryAddress } from "../deployments/resolve.ts";
import { NotSignerError } from "../errors/arguments.ts";
import { InvalidSignatureError } from "../errors/identity.ts";
import { SignatureVoidError, SignedElsewhereError, SignerUnknownError } from "../errors/signed.ts";
import { UnknownIdentityError } from "../errors/vouch.ts";
import { time } from "../errors/words.ts";
import type { Identity, ResolvedKey } from "../types/identity.ts";
import { consentMessage, consentNonceOf } from "./consents.ts";
import { explain } from "./explain.ts";
import { isTaken } from "./keys.ts";
import { registerMessage, revokeMessage } from "./messages.ts";
import { isUsed, type NonceRegistry } from "./nonces.ts";
import { isOwnArbiter, offerStruct } from "./offer.ts";
import { whyIrrevocable } from "./revocable.ts";
import { chainIdOf } from "./sign.ts";
import { offerMessage } from "./signOffer.ts";
import type { AddressParameters, AnyClient } from "./types.ts";
import { addressOf, nonceNumberOf, timeOf } from "./validate.ts";
import { isSignedBy } from "./verify.ts";

/** What was signed; its signature is checked where it is there. */
type Unsent<signed> = Omit<signed, "signature"> & { signature?: Hex | undefined };

/** What is signed with a nonce. */
type Nonced = Unsent<SignedRegister> | Unsent<SignedVouch> | Unsent<SignedWarn> | Unsent<SignedRevoke>;

/** Everything that whoever signed it can take back. */
export type Voidable = Nonced | Unsent<SignedRotateKey> | Unsent<SignedAgentWallet> | Unsent<SignedPulse>;

/** What its voucher signed for a pair. */
type ForPair = Extract<Voidable, { voucherId: number }>;

/** What the chain says of something signed: who signed it, and the first reason for which it can never count. */
type Standing = { signer: Address; why: string | undefined };

/** The registry that would take it. */
export function registryOf(signed: Voidable): NonceRegistry {
  return "voucherId" in signed ? "vouchRegistry" : "identityRegistry";
}

/** The nonce that voids it: the one that was signed, else its digest. */
export function nonceOf(signed: Voidable): bigint {
  if ("signatureNonce" in signed) return BigInt(nonceNumberOf(signed.signatureNonce, "signatureNonce"));
  return consentNonceOf(signed);
}

/**
 * Refuses what using up its nonce would not void: what was signed elsewhere or by somebody else, or can never count. What
 * waits for a date, a key or an arbiter's retirement that may come is no such thing.
 */
export async function requireVoidable(
  client: AnyClient,
  signed: Voidable & AddressParameters,
  sender: Address,
): Promise<void> {
  const { chainId, addresses, signature } = signed;
  const deadline = timeOf(signed.deadline, "deadline");
  const nonce = nonceOf(signed);
  const message = messageOf(signed);
  const name = registryOf(signed);
  const here = { chainId: await chainIdOf(client), registry: getRegistryAddress(client, name, addresses) };
  const signedFor = { chainId, registry: addressOf(signed.registry) };
  if (here.chainId !== chainId || here.registry !== signedFor.registry) {
    throw new SignedElsewhereError({ signedFor, here });
  }
  const isBy = async (signer: Address) => signature !== undefined && isSignedBy(client, signer, signature, message);
  const [{ signer, why }, { timestamp }] = await Promise.all([
    standingOf(client, signed, async (voucher) => {
      // Whose key it will be is not known; if it is the sender's, the sender's nonce voids it.
      if (await isBy(sender)) return sender;
      const { signatureNonce } = signed as ForPair;
      throw new SignerUnknownError({ id: voucher, signatureNonce });
    }),
    explain(client, getBlock(client)),
  ]);
  const [isSpent, isSigned] = await Promise.all([
    isUsed(client, { registry: name, owner: signer, nonce, addresses }),
    signature === undefined || isBy(signer),
  ]);
  if (isSpent) {
    const isNonce = "signatureNonce" in signed;
    throw isVoid(
      isNonce ? `nonce ${nonce} of ${signer} is used, by this or another signature, or made void` : "it was taken back",
    );
  }
  if (why !== undefined) throw isVoid(why);
  if (timestamp > deadline) throw isVoid(`it counted until ${time(deadline)}`);
  if (!isSigned) throw new InvalidSignatureError({ signer });
  if (sender !== signer) throw new NotSignerError({ signer, sender });
}

function isVoid(why: string): SignatureVoidError {
  return new SignatureVoidError({ why });
}

function messageOf(signed: Voidable): TypedDataDefinition {
  if (!("signatureNonce" in signed)) return consentMessage(signed);
  if ("agentURI" in signed) return registerMessage(signed);
  if (!("stake" in signed)) return revokeMessage(signed);
  const { chainId, registry, signatureNonce, keyEpoch } = signed;
  const kind = "subjectOwner" in signed ? "vouch" : "warn";
  return offerMessage(kind, chainId, registry, offerStruct(signed), {
    keyEpoch,
    subject: addressOf(subjectOf(signed)),
    arbiterOwner: addressOf(signed.arbiterOwner ?? zeroAddress),
    since: Number(timeOf(signed.since, "since")),
    signatureNonce,
    deadline: Number(timeOf(signed.deadline, "deadline")),
  });
}

function subjectOf(offer: Unsent<SignedVouch> | Unsent<SignedWarn>): Address {
  return "subjectOwner" in offer ? offer.subjectOwner : offer.subjectKey;
}

async function standingOf(
  client: AnyClient,
  signed: Voidable & AddressParameters,
  signerLater: (voucherId: number) => Promise<Address>,
): Promise<Standing> {
  if ("voucherId" in signed) return standingForPair(client, signed, signerLater);
  const { addresses } = signed;
  const find = (address: Address) => resolveKey(client, { address, addresses });
  const owner = addressOf(signed.owner);
  if ("agentURI" in signed) return { signer: owner, why: whyTaken(owner, await find(owner)) };
  const signer = addressOf("newOwner" in signed ? signed.newOwner : "newWallet" in signed ? signed.newWallet : owner);
  const [identity, ownerKey, signerKey] = await Promise.all([
    getIdentity(client, { id: signed.id, addresses }),
    find(owner),
    find(signer),
  ]);
  requireOwned(identity);
  const { id } = identity;
  if ("lastSeen" in signed) {
    // One that names a later check-in than the last was signed for dates to come.
    const isOvertaken = identity.lastSeen > signed.lastSeen;
    return {
      signer,
      why: whyNot(owner, ownerKey, id) ?? (isOvertaken ? `identity ${id} has checked in since` : undefined),
    };
  }
  if ("newWallet" in signed) return { signer, why: whyNot(owner, ownerKey, id) ?? whyNot(signer, signerKey, id) };
  if (identity.keyEpoch > signed.keyEpoch) throw isVoid(`the key of identity ${id} has changed since`);
  return { signer, why: whyNot(owner, ownerKey, id) ?? whyTaken(signer, signerKey) };
}

async function standingForPair(
  client: AnyClient,
  signed: ForPair & AddressParameters,
  signerLater: (voucherId: number) => Promise<Address>,
): Promise<Standing> {
  const { voucherId, subjectId, keyEpoch, since, addresses } = signed;
  const [voucher, made, why] = await Promise.all([
    getIdentity(client, { id: voucherId, addresses }),
    getVouch(client, { voucherId, subjectId, addresses }),
    "stake" in signed ? whyNoOffer(client, signed) : undefined,
  ]);
  requireOwned(voucher);
  if (voucher.keyEpoch > keyEpoch) throw isVoid(`the key of identity ${voucherId} has changed since`);
  const signer = voucher.keyEpoch === keyEpoch ? voucher.owner : await signerLater(voucherId);
  if (made.since > since) {
    return { signer, why: `identity ${voucherId} vouched, warned, revoked or added points for ${subjectId} since` };
  }
  if ("stake" in signed || made.since !== since) return { signer, why };
  const isOver = (await whyIrrevocable(client, made, { addresses })) !== undefined;
  return { signer, why: isOver ? `what identity ${voucherId} staked on ${subjectId} is over` : undefined };
}

/** Why a vouch or warning can never be made of what was signed, for the sake of subject or arbiter. */
async function whyNoOffer(
  client: AnyClient,
  signed: (Unsent<SignedVouch> | Unsent<SignedWarn>) & AddressParameters,
): Promise<string | undefined> {
  const { subjectId, arbiterId, addresses } = signed;
  if (isOwnArbiter(signed)) return `identity ${signed.arbiterId} cannot be the arbiter of its own vouch`;
  const subject = addressOf(subjectOf(signed));
  const arbiter = addressOf(signed.arbiterOwner ?? zeroAddress);
  const isArbiterNamed = arbiter !== zeroAddress;
  if (isArbiterNamed && arbiterId === undefined) return "it names the owner of an arbiter, and no arbiter";
  const [subjectKey, arbiterKey] = await Promise.all([
    resolveKey(client, { address: subject, addresses }),
    isArbiterNamed ? resolveKey(client, { address: arbiter, addresses }) : undefined,
  ]);
  // Any key that the subject ever had says who is warned about.
  const isMeant = "subjectKey" in signed && subjectKey.id === subjectId && isTaken(subjectKey);
  const why = isMeant ? undefined : whyNot(subject, subjectKey, subjectId);
  return why ?? (arbiterKey && arbiterId !== undefined ? whyNot(arbiter, arbiterKey, arbiterId) : undefined);
}

function requireOwned(identity: Identity): asserts identity is Identity & { owner: Address } {
  const { id, status, owner } = identity;
  if (status === "unknown") throw new UnknownIdentityError({ id });
  if (owner === undefined) throw isVoid(`identity ${id} is retired`);
}

/** Why an address can never own an identity, or never again; undefined where it does, or still can. */
function whyNot(address: Address, key: ResolvedKey, id: number): string | undefined {
  if (!isTaken(key) || (key.id === id && key.role === "owner")) return undefined;
  return key.id === id ? `${address} is the owner of identity ${id} no more` : whyTaken(address, key);
}

/** Why an address can never become an owner. */
function whyTaken(address: Address, key: ResolvedKey): string | undefined {
  return isTaken(key) ? `${address} is, or once was, a key of identity ${key.id}` : undefined;
}
