import { addressOf, idOf } from "../../check/arguments.ts";
import { signedOf } from "../../check/signed.ts";
import type { CommonErrorType } from "../../errors/common.ts";
import { isUsed } from "../../facts/nonces.ts";
import { consentNonce } from "../../signatures/consentNonce.ts";
import { WALLET_AHEAD } from "../../signatures/consents.ts";
import { agentWalletMessage } from "../../signatures/messages.ts";
import { isCurrent, isSignedBy } from "../../signatures/verify.ts";
import type { AnyClient } from "../../types/client.ts";
import type { AddressParameters } from "../../types/parameters.ts";
import type { SignedAgentWallet } from "../../types/signed.ts";
import { getIdentity } from "./getIdentity.ts";
import { resolveKey } from "./resolveKey.ts";

/** Parameters of `verifyAgentWallet`. */
export type VerifyAgentWalletParameters = AddressParameters & {
  /** What `signAgentWallet` returned. */
  signed: SignedAgentWallet;
};

/** What `verifyAgentWallet` throws. */
export type VerifyAgentWalletErrorType = CommonErrorType;

/**
 * Checks a wallet's consent to act for an identity: made for this chain and registry, by whom it names, which is no key of
 * another one, and in time. That is in the last five minutes up to its deadline: one that was signed for later is not good
 * yet.
 *
 * Works for accounts with a key, for smart accounts (ERC-1271), and for those that are not deployed yet (ERC-6492). Sends
 * nothing.
 *
 * A signature that is wrapped as ERC-6492 says is believed here, but the registry does not open it: put the account on the
 * chain first, and send the signature inside.
 *
 * @param client - Client.
 * @param parameters - {@link VerifyAgentWalletParameters}
 * @returns Whether the registry would take it now, as far as the signature goes.
 *
 * @example
 * const isGood = await verifyAgentWallet(client, { signed: parseSigned("agentWallet", text) }); // true
 */
export async function verifyAgentWallet(client: AnyClient, parameters: VerifyAgentWalletParameters): Promise<boolean> {
  const signed = signedOf(parameters);
  const { addresses } = parameters;
  const { id, newWallet, owner, signature } = signed;
  idOf(id);
  const signer = addressOf(newWallet);
  const present = addressOf(owner);
  const nonce = consentNonce(signed);
  if (!(await isCurrent(client, "identityRegistry", signed, { addresses }, WALLET_AHEAD))) return false;
  const [identity, key, isSpent] = await Promise.all([
    getIdentity(client, { id, addresses }),
    resolveKey(client, { address: signer, addresses }),
    isUsed(client, { registry: "identityRegistry", owner: signer, nonce, addresses }),
  ]);
  // Serving this identity already is no obstacle: the same wallet again, or the owner itself.
  const isFree = key.id === undefined || (key.id === id && key.role !== "former");
  if (identity.owner !== present || !isFree || isSpent) return false;
  return isSignedBy(client, signer, signature, agentWalletMessage(signed));
}
