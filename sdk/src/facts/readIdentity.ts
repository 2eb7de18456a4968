import { identityRegistryAbi } from "../abi/identityRegistry.ts";
import { idOf } from "../check/arguments.ts";
import { toIdentity } from "../codecs/answers.ts";
import { getRegistryAddress } from "../deployments/resolve.ts";
import { at } from "../rpc/at.ts";
import { readView } from "../rpc/readView.ts";
import type { AnyClient } from "../types/client.ts";
import type { Identity } from "../types/identity.ts";
import type { ReadParameters } from "../types/parameters.ts";

/** One identity; an unknown one has status `unknown`. */
export async function readIdentity(client: AnyClient, parameters: ReadParameters & { id: number }): Promise<Identity> {
  const { id, addresses } = parameters;
  const call = {
    address: getRegistryAddress(client, "identityRegistry", addresses),
    abi: identityRegistryAbi,
    functionName: "identityOf",
    args: [idOf(id)],
  } as const;
  return toIdentity(await readView(client, { ...call, ...at(parameters) }), id);
}
