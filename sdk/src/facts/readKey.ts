import type { Address } from "viem";
import { identityRegistryAbi } from "../abi/identityRegistry.ts";
import { addressOf } from "../check/arguments.ts";
import { toResolvedKey } from "../codecs/answers.ts";
import { getRegistryAddress } from "../deployments/resolve.ts";
import { at } from "../rpc/at.ts";
import { readView } from "../rpc/readView.ts";
import type { AnyClient } from "../types/client.ts";
import type { ResolvedKey } from "../types/identity.ts";
import type { ReadParameters } from "../types/parameters.ts";

/** What an address is, or once was, to whom. */
export async function readKey(
  client: AnyClient,
  parameters: ReadParameters & { address: Address },
): Promise<ResolvedKey> {
  const call = {
    address: getRegistryAddress(client, "identityRegistry", parameters.addresses),
    abi: identityRegistryAbi,
    functionName: "resolve",
    args: [addressOf(parameters.address)],
  } as const;
  return toResolvedKey(await readView(client, { ...call, ...at(parameters) }));
}
