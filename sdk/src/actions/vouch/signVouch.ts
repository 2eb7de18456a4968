import type { Account, Chain, Client, Transport } from "viem";
import type { SignErrorType } from "../../errors/common.ts";
import type { IdentityRetiredError, NotOwnerError } from "../../errors/identity.ts";
import type { InvalidArbiterError, UnknownIdentityError } from "../../errors/vouch.ts";
import { signOffer } from "../../signatures/signOffer.ts";
import type { Offer } from "../../types/offer.ts";
import type { NonceParameters, SignParameters } from "../../types/parameters.ts";
import type { SignedVouch } from "../../types/signed.ts";

/** Parameters of `signVouch`. */
export type SignVouchParameters<account extends Account | undefined = Account | undefined> = SignParameters<account> &
  NonceParameters &
  Offer;

/** What `signVouch` throws. */
export type SignVouchErrorType =
  | SignErrorType
  | IdentityRetiredError
  | InvalidArbiterError
  | NotOwnerError
  | UnknownIdentityError;

/**
 * Offers a vouch by signature; whoever holds the result may make it with `vouchFor`, and pays. A rotation of either key
 * kills it, or of the arbiter's, and the arbiter's retirement; so does `voidConsent`. It names the date of
 * what the pair has (`since`): a vouch, a warning, a revocation or added points by the voucher, in a later second, move that
 * and void it. An extension or an affirmation alone does not.
 *
 * @param client - Client with the account that signs.
 * @param parameters - {@link SignVouchParameters}
 * @returns What `vouchFor` takes.
 * @throws {NotOwnerError} The account does not own the voucher.
 * @throws {InvalidArbiterError} Voucher or subject is named as arbiter.
 * @throws {IdentityRetiredError} Voucher or subject is retired.
 * @throws {UnknownIdentityError} One of them does not exist.
 *
 * @example
 * const signed = await signVouch(voucher, { voucherId: 7, subjectId: 9, stake: 30, periods: 2 });
 * await vouchFor(payer, { signed });
 */
export async function signVouch<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: SignVouchParameters<account>,
): Promise<SignedVouch> {
  const { signed, subject } = await signOffer(client, parameters, "vouch");
  return { ...signed, subjectOwner: subject };
}
