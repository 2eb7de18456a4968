import { verifyOffer } from "../../signatures/verifyOffer.ts";
import type { AnyClient } from "../../types/client.ts";
import type { AddressParameters } from "../../types/parameters.ts";
import type { SignedWarn } from "../../types/signed.ts";

/** Parameters of `verifyWarn`: what `signWarn` returned. */
export type VerifyWarnParameters = SignedWarn & AddressParameters;

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
 * What comes from somebody else goes through `parseSigned` first: `addresses` in it would be taken as the caller's own.
 *
 * @param client - Client.
 * @param parameters - {@link VerifyWarnParameters}
 * @returns Whether the registry would take it now, as far as the signature goes.
 *
 * @example
 * const isGood = await verifyWarn(client, parseSigned("warn", text)); // true
 */
export async function verifyWarn(client: AnyClient, parameters: VerifyWarnParameters): Promise<boolean> {
  return verifyOffer(client, parameters, { kind: "warn", subject: parameters.subjectKey });
}
