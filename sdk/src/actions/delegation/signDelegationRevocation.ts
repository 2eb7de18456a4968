import type { Account, Chain, Client, Hex, Transport } from "viem";
import { bytes32Of } from "../../check/arguments.ts";
import { getRegistryAddress } from "../../deployments/resolve.ts";
import type { DeploymentNotFoundError } from "../../errors/arguments.ts";
import type { SignErrorType } from "../../errors/common.ts";
import { chainIdOf } from "../../rpc/chainId.ts";
import { delegationRevocationMessage } from "../../signatures/messages.ts";
import { signatureOf, signerOf } from "../../signatures/sign.ts";
import type { SignerParameters } from "../../types/parameters.ts";
import type { SignedDelegationRevocation } from "../../types/signed.ts";

/** Parameters of `signDelegationRevocation`. */
export type SignDelegationRevocationParameters<account extends Account | undefined = Account | undefined> =
  SignerParameters<account> & {
    /** The grant, as in `revokeDelegation`. */
    handle: Hex;
  };

/** What `signDelegationRevocation` throws. */
export type SignDelegationRevocationErrorType = SignErrorType | DeploymentNotFoundError;

/**
 * Revokes a grant by signature; whoever holds the result may send it with `revokeDelegationFor`, and pays. It never expires,
 * and cannot be taken back: an issuer may sign it together with the grant, and leave it with somebody who can stop it.
 *
 * An account with code, one that has delegated its key's to a contract (EIP-7702) included, revokes by what its code takes for
 * its signature; `verifyDelegationRevocation` says whether it does.
 *
 * @param client - Client with the account that signs: the issuer.
 * @param parameters - {@link SignDelegationRevocationParameters}
 * @returns What `revokeDelegationFor` takes.
 * @throws {DeploymentNotFoundError} No `DelegationRegistry` is known on this chain.
 *
 * @example
 * const signed = await signDelegationRevocation(client, { handle });
 * await revokeDelegationFor(payer, { signed });
 */
export async function signDelegationRevocation<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: SignDelegationRevocationParameters<account>,
): Promise<SignedDelegationRevocation> {
  const handle = bytes32Of(parameters.handle, "handle");
  const { account, signer } = signerOf(client, parameters);
  const registry = getRegistryAddress(client, "delegationRegistry", parameters.addresses);
  const revocation = { chainId: await chainIdOf(client), registry, issuer: signer, handle };
  return { ...revocation, signature: await signatureOf(client, account, delegationRevocationMessage(revocation)) };
}
