import { signedOf } from "../../check/signed.ts";
import type { CommonErrorType } from "../../errors/common.ts";
import { verifyOffer } from "../../signatures/verifyOffer.ts";
import type { AnyClient } from "../../types/client.ts";
import type { AddressParameters } from "../../types/parameters.ts";
import type { SignedWarn } from "../../types/signed.ts";

/** Parameters of `verifyWarn`. */
export type VerifyWarnParameters = AddressParameters & {
  /** What `signWarn` returned. */
  signed: SignedWarn;
};

/** What `verifyWarn` throws. */
export type VerifyWarnErrorType = CommonErrorType;

/**
 * Checks an offered warning: made for this chain and registry, by whom it names, and still in time. It is void where voucher
 * or arbiter have another key by now, or none, where the nonce is used, and where the voucher vouched, warned, revoked or
 * added points for the pair since, in a later second. An extension or an affirmation alone does not void it.
 *
 * Works for accounts with a key, for smart accounts (ERC-1271), and for those that are not deployed yet (ERC-6492). Sends
 * nothing.
 *
 * A signature that is wrapped as ERC-6492 says is believed here, but the registry does not open it: put the account on the
 * chain first, and send the signature inside.
 *
 * @param client - Client.
 * @param parameters - {@link VerifyWarnParameters}
 * @returns Whether the registry would take it now, as far as the signature goes.
 *
 * @example
 * const isGood = await verifyWarn(client, { signed: parseSigned("warn", text) }); // true
 */
export async function verifyWarn(client: AnyClient, parameters: VerifyWarnParameters): Promise<boolean> {
  const signed = signedOf(parameters);
  return verifyOffer(client, { ...parameters, signed }, { kind: "warn", subject: signed.subjectKey });
}
