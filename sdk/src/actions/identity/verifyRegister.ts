import { isUsed } from "../../internal/nonces.ts";
import { identityDomain, registerTypes } from "../../internal/typedData.ts";
import type { AddressParameters, AnyClient } from "../../internal/types.ts";
import { addressOf, nonceNumberOf, textOf } from "../../internal/validate.ts";
import { isCurrent, isSignedBy } from "../../internal/verify.ts";
import type { SignedRegister } from "./signRegister.ts";

/** Parameters of `verifyRegister`: what `signRegister` returned. */
export type VerifyRegisterParameters = SignedRegister & AddressParameters;

/**
 * Checks a consent to being registered: made for this chain and registry, by whom it names, and still in time.
 * Works for accounts with a key, for smart accounts (ERC-1271), and for those that are not deployed yet (ERC-6492). Sends
 * nothing.
 *
 * A signature that is wrapped as ERC-6492 says is believed here, but the registry does not open it: put the account on the
 * chain first, and send the signature inside.
 *
 * What comes from somebody else goes through `parseSigned` first: `addresses` in it would be taken as the caller's own.
 *
 * @param client - Client.
 * @param parameters - {@link VerifyRegisterParameters}
 * @returns Whether the registry would take it now, as far as the signature goes.
 *
 * @example
 * const isGood = await verifyRegister(client, parseSigned("register", text)); // true
 */
export async function verifyRegister(client: AnyClient, parameters: VerifyRegisterParameters): Promise<boolean> {
  const { chainId, registry, owner, agentURI, signatureNonce, deadline, signature, addresses } = parameters;
  addressOf(owner);
  textOf(agentURI, "agentURI");
  const nonce = BigInt(nonceNumberOf(signatureNonce, "signatureNonce"));
  if (!(await isCurrent(client, "identityRegistry", parameters))) return false;
  if (await isUsed(client, { registry: "identityRegistry", owner, nonce, addresses })) return false;
  return isSignedBy(client, owner, signature, {
    domain: identityDomain(chainId, registry),
    types: registerTypes,
    primaryType: "Register",
    message: { owner, agentURI, nonce, deadline: BigInt(deadline) },
  });
}
