import { signedOf } from "../../check/signed.ts";
import type { CommonErrorType } from "../../errors/common.ts";
import { isUsed } from "../../facts/nonces.ts";
import { whyIrrevocable } from "../../facts/revocable.ts";
import { revokeMessage } from "../../signatures/messages.ts";
import { hasKey, isCurrent, isSignedBy } from "../../signatures/verify.ts";
import type { AnyClient } from "../../types/client.ts";
import type { AddressParameters } from "../../types/parameters.ts";
import type { SignedRevoke } from "../../types/signed.ts";
import { getIdentity } from "../identity/getIdentity.ts";
import { getVouch } from "./getVouch.ts";

/** Parameters of `verifyRevoke`. */
export type VerifyRevokeParameters = AddressParameters & {
  /** What `signRevoke` returned. */
  signed: SignedRevoke;
};

/** What `verifyRevoke` throws. */
export type VerifyRevokeErrorType = CommonErrorType;

/**
 * Checks a signed revocation: made for this chain and registry, by whom it names, still in time, and about the vouch or
 * warning that the pair has now. One that was made anew since, or got points, is another, which it does not take back. A
 * revocation in a later second voids it, too; an extension or an affirmation alone does not. Nor is one good of what was
 * revoked, disowned or released: it can never land. Of what ended by itself it stays good until the release, though the
 * registry takes it only once that is extended.
 *
 * Works for accounts with a key, for smart accounts (ERC-1271), and for those that are not deployed yet (ERC-6492). Sends
 * nothing.
 *
 * A signature that is wrapped as ERC-6492 says is believed here, but the registry does not open it: put the account on the
 * chain first, and send the signature inside.
 *
 * @param client - Client.
 * @param parameters - {@link VerifyRevokeParameters}
 * @returns Whether the registry would take it now, as far as the signature goes.
 *
 * @example
 * const isGood = await verifyRevoke(client, { signed: parseSigned("revoke", text) }); // true
 */
export async function verifyRevoke(client: AnyClient, parameters: VerifyRevokeParameters): Promise<boolean> {
  const signed = signedOf(parameters);
  const { addresses } = parameters;
  const { voucherId, subjectId, keyEpoch, since, signature } = signed;
  const message = revokeMessage(signed);
  if (!(await isCurrent(client, "vouchRegistry", signed, { addresses }))) return false;
  const [voucher, made] = await Promise.all([
    getIdentity(client, { id: voucherId, addresses }),
    getVouch(client, { voucherId, subjectId, addresses }),
  ]);
  if (!hasKey(voucher, keyEpoch) || made.since !== since) return false;
  const { owner } = voucher;
  const [isSpent, why] = await Promise.all([
    isUsed(client, { registry: "vouchRegistry", owner, nonce: message.message.nonce, addresses }),
    whyIrrevocable(client, made, { addresses }),
  ]);
  return !isSpent && why === undefined && isSignedBy(client, owner, signature, message);
}
