import type { Account, Chain, Client, Transport } from "viem";
import { idOf } from "../../check/arguments.ts";
import { getRegistryAddress } from "../../deployments/resolve.ts";
import type { SignErrorType } from "../../errors/common.ts";
import type { AlreadyRegisteredError, IdentityRetiredError } from "../../errors/identity.ts";
import type { UnknownIdentityError } from "../../errors/vouch.ts";
import { requireFresh } from "../../facts/keys.ts";
import { existing } from "../../facts/owners.ts";
import { chainIdOf } from "../../rpc/chainId.ts";
import { WALLET_USUALLY_AHEAD } from "../../signatures/consents.ts";
import { agentWalletMessage } from "../../signatures/messages.ts";
import { deadlineOf, signatureOf, signerOf } from "../../signatures/sign.ts";
import type { SignParameters } from "../../types/parameters.ts";
import type { SignedAgentWallet } from "../../types/signed.ts";

/** Parameters of `signAgentWallet`. */
export type SignAgentWalletParameters<account extends Account | undefined = Account | undefined> =
  SignParameters<account> & {
    /** The identity. */
    id: number;
  };

/** What `signAgentWallet` throws. */
export type SignAgentWalletErrorType =
  | SignErrorType
  | AlreadyRegisteredError
  | IdentityRetiredError
  | UnknownIdentityError;

/**
 * Consents, as a wallet, to acting for an identity; its owner completes that with `setAgentWallet` in the five minutes before
 * the deadline, as often as it likes: using it does not spend it. `voidConsent` takes it back.
 *
 * The deadline is four minutes ahead where none is given. One beyond five is signed as well: it is for then, and `verifyAgentWallet`
 * answers no until its five minutes have begun.
 *
 * @param client - Client with the account that signs.
 * @param parameters - {@link SignAgentWalletParameters}
 * @returns What `setAgentWallet` takes.
 * @throws {AlreadyRegisteredError} The account owns another identity, or once owned one, so that it can never be a wallet.
 * @throws {IdentityRetiredError} It is retired.
 * @throws {UnknownIdentityError} It does not exist.
 *
 * @example
 * const consent = await signAgentWallet(hotKey, { id: 7 });
 * await setAgentWallet(owner, { signed: consent });
 */
export async function signAgentWallet<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: SignAgentWalletParameters<account>,
): Promise<SignedAgentWallet> {
  const { id } = parameters;
  idOf(id);
  const { account, signer } = signerOf(client, parameters);
  const registry = getRegistryAddress(client, "identityRegistry", parameters.addresses);
  const chainId = await chainIdOf(client);
  const [{ owner }, deadline] = await Promise.all([
    existing(client, id, parameters),
    deadlineOf(client, parameters.deadline, WALLET_USUALLY_AHEAD),
    requireFresh(client, signer, { ...parameters, owns: id }),
  ]);
  const consent = { chainId, registry, id, newWallet: signer, owner, deadline };
  const signature = await signatureOf(client, account, agentWalletMessage(consent));
  return { ...consent, signature };
}
