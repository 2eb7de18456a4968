import { vouchRegistryAbi } from "../abi/vouchRegistry.ts";
import { idOf } from "../check/arguments.ts";
import { toVouch } from "../codecs/answers.ts";
import { getRegistryAddress } from "../deployments/resolve.ts";
import { at } from "../rpc/at.ts";
import { readView } from "../rpc/readView.ts";
import type { AnyClient } from "../types/client.ts";
import type { ReadParameters } from "../types/parameters.ts";
import type { Vouch } from "../types/vouch.ts";

/** The vouch or warning of a pair, with state `none` where it has none. */
export async function readVouch(
  client: AnyClient,
  parameters: ReadParameters & { voucherId: number; subjectId: number },
): Promise<Vouch> {
  const { voucherId, subjectId, addresses } = parameters;
  const call = {
    address: getRegistryAddress(client, "vouchRegistry", addresses),
    abi: vouchRegistryAbi,
    functionName: "vouchOf",
    args: [idOf(voucherId, "voucherId"), idOf(subjectId, "subjectId")],
  } as const;
  return toVouch(await readView(client, { ...call, ...at(parameters) }));
}
