import { type Address, encodeFunctionData, type Hex } from "viem";
import { call } from "viem/actions";
import { delegationRegistryAbi } from "../../abi/delegationRegistry.ts";
import { addressOf, bytesOf } from "../../check/arguments.ts";
import { signedChainOf, signedOf } from "../../check/signed.ts";
import { getRegistryAddress } from "../../deployments/resolve.ts";
import type { DeploymentNotFoundError } from "../../errors/arguments.ts";
import type { CommonErrorType } from "../../errors/common.ts";
import { chainIdOf } from "../../rpc/chainId.ts";
import { wary } from "../../rpc/wary.ts";
import { saysNo } from "../../signatures/erc1271.ts";
import { delegationRevocationMessage } from "../../signatures/messages.ts";
import { isSignedByAccount } from "../../signatures/verify.ts";
import type { AnyClient } from "../../types/client.ts";
import type { AddressParameters } from "../../types/parameters.ts";
import type { SignedDelegationRevocation } from "../../types/signed.ts";

/** Parameters of `verifyDelegationRevocation`. */
export type VerifyDelegationRevocationParameters = AddressParameters & {
  /** What `signDelegationRevocation` returned. */
  signed: SignedDelegationRevocation;
};

/** What `verifyDelegationRevocation` throws. */
export type VerifyDelegationRevocationErrorType = CommonErrorType | DeploymentNotFoundError;

/**
 * Checks a signed revocation of a grant: made for this chain and registry, and by whom it names. It stays good whatever
 * happens, but where the issuer's account gets other code, or loses it: an account without code signs by its key, one with
 * code by its code alone (ERC-1271), also where it is a key's that has delegated (EIP-7702). Sends nothing.
 *
 * A signature that is wrapped as ERC-6492 says is believed here of an account that is not deployed yet, but the registry does
 * not open it: put the account on the chain first, and send the signature inside.
 *
 * @param client - Client.
 * @param parameters - {@link VerifyDelegationRevocationParameters}
 * @returns Whether the registry would take it now.
 * @throws {DeploymentNotFoundError} No `DelegationRegistry` is known on this chain.
 *
 * @example
 * const signed = await signDelegationRevocation(client, { handle });
 * const isGood = await verifyDelegationRevocation(client, { signed }); // true
 */
export async function verifyDelegationRevocation(
  client: AnyClient,
  parameters: VerifyDelegationRevocationParameters,
): Promise<boolean> {
  const signed = signedOf(parameters);
  const message = delegationRevocationMessage(signed);
  const signature = bytesOf(signed.signature, "signature");
  const registry = getRegistryAddress(client, "delegationRegistry", parameters.addresses);
  if (addressOf(signed.registry) !== registry) return false;
  if (signedChainOf(signed.chainId) !== (await chainIdOf(client))) return false;
  return isSignedByAccount(client, signed.issuer, signature, message, (inner) =>
    isTaken(client, registry, { ...signed, signature: inner }),
  );
}

/** Whether the registry takes it. Nothing is sent: the call ends with the answer. */
async function isTaken(
  client: AnyClient,
  to: Address,
  { issuer, handle, signature }: { issuer: Address; handle: Hex; signature: Hex },
): Promise<boolean> {
  const args = [addressOf(issuer), handle, signature] as const;
  const data = encodeFunctionData({ abi: delegationRegistryAbi, functionName: "revokeBySig", args });
  try {
    await call(wary(client), { to, data });
    return true;
  } catch (error) {
    return saysNo(client, error);
  }
}
