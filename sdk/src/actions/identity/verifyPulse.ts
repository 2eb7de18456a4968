import { isUsed } from "../../internal/nonces.ts";
import { identityDomain, pulseTypes } from "../../internal/typedData.ts";
import type { AddressParameters, AnyClient } from "../../internal/types.ts";
import { addressOf, bytes32Of, idOf, nonceNumberOf } from "../../internal/validate.ts";
import { isCurrent, isSignedBy } from "../../internal/verify.ts";
import { getIdentity } from "./getIdentity.ts";
import type { SignedPulse } from "./signPulse.ts";

/** Parameters of `verifyPulse`: what `signPulse` returned. */
export type VerifyPulseParameters = SignedPulse & AddressParameters;

/**
 * Checks a signed check-in: made for this chain and registry, by whom it names and still owns the identity, and in time.
 * Works for accounts with a key, for smart accounts (ERC-1271), and for those that are not deployed yet (ERC-6492). Sends
 * nothing.
 *
 * A signature that is wrapped as ERC-6492 says is believed here, but the registry does not open it: put the account on the
 * chain first, and send the signature inside.
 *
 * What comes from somebody else goes through `parseSigned` first: `addresses` in it would be taken as the caller's own.
 *
 * @param client - Client.
 * @param parameters - {@link VerifyPulseParameters}
 * @returns Whether the registry would take it now, as far as the signature goes.
 *
 * @example
 * const isGood = await verifyPulse(client, parseSigned("pulse", text)); // true
 */
export async function verifyPulse(client: AnyClient, parameters: VerifyPulseParameters): Promise<boolean> {
  const { chainId, registry, id, signatureNonce, deadline, signature, addresses } = parameters;
  const owner = addressOf(parameters.owner);
  const statement = { agentId: idOf(id), checkpoint: bytes32Of(parameters.checkpoint, "checkpoint") };
  const nonce = BigInt(nonceNumberOf(signatureNonce, "signatureNonce"));
  if (!(await isCurrent(client, "identityRegistry", parameters))) return false;
  if ((await getIdentity(client, { id, addresses })).owner !== owner) return false;
  if (await isUsed(client, { registry: "identityRegistry", owner, nonce, addresses })) return false;
  return isSignedBy(client, owner, signature, {
    domain: identityDomain(chainId, registry),
    types: pulseTypes,
    primaryType: "Pulse",
    message: { ...statement, owner, nonce, deadline: BigInt(deadline) },
  });
}
