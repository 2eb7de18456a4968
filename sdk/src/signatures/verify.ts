import { type Address, type Hex, hashTypedData, isErc6492Signature, type TypedDataDefinition } from "viem";
import { getCode, verifyTypedData } from "viem/actions";
import { addressOf, bytesOf, timeOf } from "../check/arguments.ts";
import { signedChainOf } from "../check/signed.ts";
import { getRegistryAddress } from "../deployments/resolve.ts";
import { chainIdOf } from "../rpc/chainId.ts";
import { currentTime } from "../rpc/currentTime.ts";
import { explain } from "../rpc/explain.ts";
import { wary } from "../rpc/wary.ts";
import type { AnyClient } from "../types/client.ts";
import type { Identity } from "../types/identity.ts";
import type { AddressParameters } from "../types/parameters.ts";
import type { NonceRegistry } from "../types/registry.ts";
import type { Signed } from "../types/signed.ts";
import { isEcdsaOf } from "./ecdsa.ts";
import { isErc1271Of } from "./erc1271.ts";
import { unwrapped } from "./unwrapped.ts";

/** Whether it is for this chain and registry, not too late, and at most that many seconds before its deadline. */
export async function isCurrent(
  client: AnyClient,
  registry: NonceRegistry,
  { chainId, registry: signedFor, deadline, signature }: Signed,
  { addresses }: AddressParameters,
  ahead = Number.MAX_SAFE_INTEGER,
): Promise<boolean> {
  timeOf(deadline, "deadline");
  bytesOf(signature, "signature");
  signedChainOf(chainId);
  if (addressOf(signedFor) !== getRegistryAddress(client, registry, addresses)) return false;
  if (chainId !== (await chainIdOf(client))) return false;
  const left = Number(deadline) - (await currentTime(client));
  return left >= 0 && left <= ahead;
}

/** Whether an identity still has the key that signed; without an owner nobody can have. */
export function hasKey(identity: Identity, keyEpoch: number): identity is Identity & { owner: Address } {
  return identity.owner !== undefined && identity.keyEpoch === keyEpoch;
}

/**
 * Whether an address signed it: by its key, else as a contract (ERC-1271), in this order and in the forms that the registries
 * take; or as one that is not there yet (ERC-6492). Once it is there, only what is inside of that wrapping counts. A contract
 * is asked by the registry that the message is for.
 */
export async function isSignedBy(
  client: AnyClient,
  signer: Address,
  signed: Hex,
  message: TypedDataDefinition,
): Promise<boolean> {
  const address = addressOf(signer);
  const given = bytesOf(signed, "signature");
  if (isErc6492Signature(given) && (await explain(client, getCode(client, { address }))) === undefined) {
    return explain(client, verifyTypedData(wary(client), { ...message, address, signature: given }));
  }
  const signature = unwrapped(given);
  // viem takes more forms of a key's signature than the registries do, also of an account that delegates its code.
  const hash = hashTypedData(message);
  return (
    (await isEcdsaOf(address, hash, signature)) ||
    isErc1271Of(client, address, hash, signature, message.domain?.verifyingContract)
  );
}

/**
 * Whether an account signed it, as the registry of revocations asks (ERC-8395, section 5): by its key where it has no code, by
 * its code alone where it has some. One that is not there yet counts as in `isSignedBy`.
 *
 * @param isTaken Whether the registry takes the signature, asked of accounts with code that say yes: the registry lets them
 *   write nothing, and a call that is made to them directly does.
 */
export async function isSignedByAccount(
  client: AnyClient,
  signer: Address,
  signed: Hex,
  message: TypedDataDefinition,
  isTaken: (signature: Hex) => Promise<boolean>,
): Promise<boolean> {
  const address = addressOf(signer);
  const given = bytesOf(signed, "signature");
  if ((await explain(client, getCode(client, { address }))) === undefined) {
    if (!isErc6492Signature(given)) return isEcdsaOf(address, hashTypedData(message), given);
    return explain(client, verifyTypedData(wary(client), { ...message, address, signature: given }));
  }
  const from = message.domain?.verifyingContract;
  const signature = unwrapped(given);
  return (await isErc1271Of(client, address, hashTypedData(message), signature, from)) && isTaken(signature);
}
