import type { Account, Address, Chain, Client, Transport } from "viem";
import type { SignErrorType } from "../../errors/common.ts";
import type { IdentityRetiredError, NotOwnerError } from "../../errors/identity.ts";
import type { InvalidArbiterError, UnknownIdentityError } from "../../errors/vouch.ts";
import { signOffer } from "../../signatures/signOffer.ts";
import type { Offer } from "../../types/offer.ts";
import type { NonceParameters, SignParameters } from "../../types/parameters.ts";
import type { SignedWarn } from "../../types/signed.ts";

/** Parameters of `signWarn`. */
export type SignWarnParameters<account extends Account | undefined = Account | undefined> = SignParameters<account> &
  NonceParameters &
  Offer & {
    /** A key that the subject has or once had; its present owner where left out. */
    subjectKey?: Address | undefined;
  };

/** What `signWarn` throws. */
export type SignWarnErrorType =
  | SignErrorType
  | IdentityRetiredError
  | InvalidArbiterError
  | NotOwnerError
  | UnknownIdentityError;

/**
 * Offers a warning by signature; whoever holds the result may make it with `warnFor`, and pays. A rotation of the voucher's
 * key kills it, or of the arbiter's, and the arbiter's retirement; so does `voidConsent`. A rotation of
 * the subject's key does not. It names the date of what the pair has (`since`): a vouch, a warning, a revocation or added
 * points by the voucher, in a later second, move that and void it. An extension or an affirmation alone does not.
 *
 * @param client - Client with the account that signs.
 * @param parameters - {@link SignWarnParameters}
 * @returns What `warnFor` takes.
 * @throws {NotOwnerError} The account does not own the voucher.
 * @throws {InvalidArbiterError} Voucher or subject is named as arbiter.
 * @throws {IdentityRetiredError} Voucher or subject is retired.
 * @throws {UnknownIdentityError} One of them does not exist.
 *
 * @example
 * const signed = await signWarn(voucher, { voucherId: 7, subjectId: 9, stake: 30, periods: 2 });
 * await warnFor(payer, { signed });
 */
export async function signWarn<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: SignWarnParameters<account>,
): Promise<SignedWarn> {
  const { signed, subject } = await signOffer(client, parameters, "warn");
  return { ...signed, subjectKey: subject };
}
