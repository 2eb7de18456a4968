import { agentWalletMessage, consentNonceOf } from "../../internal/consents.ts";
import { isUsed } from "../../internal/nonces.ts";
import type { AddressParameters, AnyClient } from "../../internal/types.ts";
import { addressOf, idOf } from "../../internal/validate.ts";
import { isCurrent, isSignedBy } from "../../internal/verify.ts";
import { getIdentity } from "./getIdentity.ts";
import type { SignedAgentWallet } from "./signAgentWallet.ts";

/** Parameters of `verifyAgentWallet`: what `signAgentWallet` returned. */
export type VerifyAgentWalletParameters = SignedAgentWallet & AddressParameters;

/**
 * Checks a wallet's consent to act for an identity: made for this chain and registry, by whom it names, and still in time.
 * Works for accounts with a key, for smart accounts (ERC-1271), and for those that are not deployed yet (ERC-6492). Sends
 * nothing.
 *
 * A signature that is wrapped as ERC-6492 says is believed here, but the registry does not open it: put the account on the
 * chain first, and send the signature inside.
 *
 * What comes from somebody else goes through `parseSigned` first: `addresses` in it would be taken as the caller's own.
 *
 * @param client - Client.
 * @param parameters - {@link VerifyAgentWalletParameters}
 * @returns Whether the registry would take it now, as far as the signature goes.
 *
 * @example
 * const isGood = await verifyAgentWallet(client, parseSigned("agentWallet", text)); // true
 */
export async function verifyAgentWallet(client: AnyClient, parameters: VerifyAgentWalletParameters): Promise<boolean> {
  const { id, newWallet, owner, signature, addresses } = parameters;
  idOf(id);
  const signer = addressOf(newWallet);
  if (!(await isCurrent(client, "identityRegistry", parameters))) return false;
  if ((await getIdentity(client, { id, addresses })).owner !== addressOf(owner)) return false;
  const nonce = consentNonceOf(parameters);
  if (await isUsed(client, { registry: "identityRegistry", owner: signer, nonce, addresses })) return false;
  return isSignedBy(client, signer, signature, agentWalletMessage(parameters));
}
