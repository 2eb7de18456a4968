import { addressOf, idOf } from "../../check/arguments.ts";
import { keyEpochOf, signedOf } from "../../check/signed.ts";
import type { CommonErrorType } from "../../errors/common.ts";
import { isUsed } from "../../facts/nonces.ts";
import { consentNonce } from "../../signatures/consentNonce.ts";
import { rotateKeyMessage } from "../../signatures/messages.ts";
import { hasKey, isCurrent, isSignedBy } from "../../signatures/verify.ts";
import type { AnyClient } from "../../types/client.ts";
import type { AddressParameters } from "../../types/parameters.ts";
import type { SignedRotateKey } from "../../types/signed.ts";
import { getIdentity } from "./getIdentity.ts";
import { resolveKey } from "./resolveKey.ts";

/** Parameters of `verifyRotateKey`. */
export type VerifyRotateKeyParameters = AddressParameters & {
  /** What `signRotateKey` returned. */
  signed: SignedRotateKey;
};

/** What `verifyRotateKey` throws. */
export type VerifyRotateKeyErrorType = CommonErrorType;

/**
 * Checks the next key's consent to own an identity: made for this chain and registry, by whom it names, which is no key here,
 * and still in time.
 *
 * Works for accounts with a key, for smart accounts (ERC-1271), and for those that are not deployed yet (ERC-6492). Sends
 * nothing.
 *
 * A signature that is wrapped as ERC-6492 says is believed here, but the registry does not open it: put the account on the
 * chain first, and send the signature inside.
 *
 * @param client - Client.
 * @param parameters - {@link VerifyRotateKeyParameters}
 * @returns Whether the registry would take it now, as far as the signature goes.
 *
 * @example
 * const isGood = await verifyRotateKey(client, { signed: parseSigned("rotateKey", text) }); // true
 */
export async function verifyRotateKey(client: AnyClient, parameters: VerifyRotateKeyParameters): Promise<boolean> {
  const signed = signedOf(parameters);
  const { addresses } = parameters;
  const { id, owner, newOwner, keyEpoch, signature } = signed;
  idOf(id);
  keyEpochOf(keyEpoch);
  const signer = addressOf(newOwner);
  const present = addressOf(owner);
  if (!(await isCurrent(client, "identityRegistry", signed, { addresses }))) return false;
  const nonce = consentNonce(signed);
  const [identity, { id: served }, isSpent] = await Promise.all([
    getIdentity(client, { id, addresses }),
    resolveKey(client, { address: signer, addresses }),
    isUsed(client, { registry: "identityRegistry", owner: signer, nonce, addresses }),
  ]);
  if (!hasKey(identity, keyEpoch) || identity.owner !== present || served !== undefined || isSpent) return false;
  return isSignedBy(client, signer, signature, rotateKeyMessage(signed));
}
