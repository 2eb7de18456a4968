import type { Account, Chain, Client, Transport } from "viem";
import { idOf } from "../../check/arguments.ts";
import { getRegistryAddress } from "../../deployments/resolve.ts";
import type { SignErrorType } from "../../errors/common.ts";
import type { IdentityRetiredError, NotOwnerError } from "../../errors/identity.ts";
import type {
  UnknownIdentityError,
  VouchNotFoundError,
  VouchNotLiveError,
  VouchReleasedError,
} from "../../errors/vouch.ts";
import { requireOwnedBy } from "../../facts/owners.ts";
import { readIdentity } from "../../facts/readIdentity.ts";
import { readVouch } from "../../facts/readVouch.ts";
import { whyIrrevocable } from "../../facts/revocable.ts";
import { chainIdOf } from "../../rpc/chainId.ts";
import { revokeMessage } from "../../signatures/messages.ts";
import { deadlineOf, nonceOf, signatureOf, signerOf } from "../../signatures/sign.ts";
import type { NonceParameters, SignParameters } from "../../types/parameters.ts";
import type { SignedRevoke } from "../../types/signed.ts";

/** Seconds until the signature expires, where no deadline is given. */
const AHEAD = 3_600;

/** Parameters of `signRevoke`. */
export type SignRevokeParameters<account extends Account | undefined = Account | undefined> = SignParameters<account> &
  NonceParameters & {
    /** Who staked; an identity of the account. */
    voucherId: number;
    /** For or against whom. */
    subjectId: number;
  };

/** What `signRevoke` throws. */
export type SignRevokeErrorType =
  | SignErrorType
  | IdentityRetiredError
  | NotOwnerError
  | UnknownIdentityError
  | VouchNotFoundError
  | VouchNotLiveError
  | VouchReleasedError;

/**
 * Takes a vouch or warning back by signature; whoever holds the result may send it with `revokeFor`, and pays. It is about
 * the one that the pair has now: made anew, or with points added, that is another. So a vouch, a warning, a revocation or
 * added points by the voucher, in a later second, void it; an extension or an affirmation alone does not. So do a rotation of
 * the voucher's key, and `voidConsent`. One that ended by itself can be signed for until it is released: it counts again once
 * it is extended, and only then the registry takes the revocation.
 *
 * @param client - Client with the account that signs.
 * @param parameters - {@link SignRevokeParameters}
 * @returns What `revokeFor` takes.
 * @throws {VouchNotFoundError} The pair has none.
 * @throws {VouchNotLiveError} It was revoked or disowned, or has ended with nothing left of it.
 * @throws {VouchReleasedError} It has ended, and is released.
 * @throws {NotOwnerError} The account does not own the voucher.
 * @throws {IdentityRetiredError} The voucher is retired.
 * @throws {UnknownIdentityError} The voucher does not exist.
 *
 * @example
 * const signed = await signRevoke(voucher, { voucherId: 7, subjectId: 9 });
 * await revokeFor(payer, { signed });
 */
export async function signRevoke<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: SignRevokeParameters<account>,
): Promise<SignedRevoke> {
  const { voucherId, subjectId } = parameters;
  idOf(voucherId, "voucherId");
  idOf(subjectId, "subjectId");
  const { account, signer } = signerOf(client, parameters);
  const registry = getRegistryAddress(client, "vouchRegistry", parameters.addresses);
  const { addresses } = parameters;
  const [chainId, voucher, made, signatureNonce, deadline] = await Promise.all([
    chainIdOf(client),
    readIdentity(client, { id: voucherId, addresses }),
    readVouch(client, { voucherId, subjectId, addresses }),
    nonceOf(client, "vouchRegistry", signer, parameters),
    deadlineOf(client, parameters.deadline, AHEAD),
  ]);
  const { keyEpoch } = requireOwnedBy(voucher, signer);
  // Nothing that is staked later would have this date.
  const why = await whyIrrevocable(client, made, parameters);
  if (why !== undefined) throw why;
  const { since } = made;
  const revocation = { chainId, registry, voucherId, subjectId, keyEpoch, since, signatureNonce, deadline };
  return { ...revocation, signature: await signatureOf(client, account, revokeMessage(revocation)) };
}
