import { signedOf } from "../../check/signed.ts";
import type { CommonErrorType } from "../../errors/common.ts";
import { verifyOffer } from "../../signatures/verifyOffer.ts";
import type { AnyClient } from "../../types/client.ts";
import type { AddressParameters } from "../../types/parameters.ts";
import type { SignedVouch } from "../../types/signed.ts";

/** Parameters of `verifyVouch`. */
export type VerifyVouchParameters = AddressParameters & {
  /** What `signVouch` returned. */
  signed: SignedVouch;
};

/** What `verifyVouch` throws. */
export type VerifyVouchErrorType = CommonErrorType;

/**
 * Checks an offered vouch: made for this chain and registry, by whom it names, and still in time. It is void where voucher,
 * subject or arbiter have another key by now, or none, where the nonce is used, and where the voucher vouched, warned,
 * revoked or added points for the pair since, in a later second. An extension or an affirmation alone does not void it.
 *
 * Works for accounts with a key, for smart accounts (ERC-1271), and for those that are not deployed yet (ERC-6492). Sends
 * nothing.
 *
 * A signature that is wrapped as ERC-6492 says is believed here, but the registry does not open it: put the account on the
 * chain first, and send the signature inside.
 *
 * @param client - Client.
 * @param parameters - {@link VerifyVouchParameters}
 * @returns Whether the registry would take it now, as far as the signature goes.
 *
 * @example
 * const isGood = await verifyVouch(client, { signed: parseSigned("vouch", text) }); // true
 */
export async function verifyVouch(client: AnyClient, parameters: VerifyVouchParameters): Promise<boolean> {
  const signed = signedOf(parameters);
  return verifyOffer(client, { ...parameters, signed }, { kind: "vouch", subject: signed.subjectOwner });
}
