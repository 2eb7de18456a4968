import type { Account, Chain, Client, Transport } from "viem";
import { idOf } from "../../check/arguments.ts";
import { getRegistryAddress } from "../../deployments/resolve.ts";
import type { SignErrorType } from "../../errors/common.ts";
import type { AlreadyRegisteredError, IdentityRetiredError } from "../../errors/identity.ts";
import type { UnknownIdentityError } from "../../errors/vouch.ts";
import { requireFresh } from "../../facts/keys.ts";
import { existing } from "../../facts/owners.ts";
import { chainIdOf } from "../../rpc/chainId.ts";
import { rotateKeyMessage } from "../../signatures/messages.ts";
import { deadlineOf, signatureOf, signerOf } from "../../signatures/sign.ts";
import type { SignParameters } from "../../types/parameters.ts";
import type { SignedRotateKey } from "../../types/signed.ts";

/** Seconds until the signature expires, where no deadline is given. */
const AHEAD = 3_600;

/** Parameters of `signRotateKey`. */
export type SignRotateKeyParameters<account extends Account | undefined = Account | undefined> =
  SignParameters<account> & {
    /** The identity. */
    id: number;
  };

/** What `signRotateKey` throws. */
export type SignRotateKeyErrorType =
  | SignErrorType
  | AlreadyRegisteredError
  | IdentityRetiredError
  | UnknownIdentityError;

/**
 * Consents, as the next key, to owning an identity; its present owner completes that with `rotateKey`. The consent is good
 * for that owner and key epoch only; `voidConsent` takes it back.
 *
 * @param client - Client with the account that signs.
 * @param parameters - {@link SignRotateKeyParameters}
 * @returns What `rotateKey` takes.
 * @throws {AlreadyRegisteredError} The account is, or once was, an owner here, so that it can never be a next key. A wallet
 * can, once it is unset.
 * @throws {IdentityRetiredError} It is retired.
 * @throws {UnknownIdentityError} It does not exist.
 *
 * @example
 * const consent = await signRotateKey(nextKey, { id: 7 });
 * await rotateKey(owner, { signed: consent });
 */
export async function signRotateKey<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: SignRotateKeyParameters<account>,
): Promise<SignedRotateKey> {
  const { id } = parameters;
  idOf(id);
  const { account, signer } = signerOf(client, parameters);
  const registry = getRegistryAddress(client, "identityRegistry", parameters.addresses);
  const chainId = await chainIdOf(client);
  const [{ owner, keyEpoch }, deadline] = await Promise.all([
    existing(client, id, parameters),
    deadlineOf(client, parameters.deadline, AHEAD),
    requireFresh(client, signer, parameters),
  ]);
  const consent = { chainId, registry, id, owner, newOwner: signer, keyEpoch, deadline };
  const signature = await signatureOf(client, account, rotateKeyMessage(consent));
  return { ...consent, signature };
}
