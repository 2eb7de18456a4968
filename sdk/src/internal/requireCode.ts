import type { Abi, Address } from "viem";
import { getCode } from "viem/actions";
import { RegistryNotDeployedError } from "../errors/arguments.ts";
import type { AnyClient } from "./types.ts";

/** Where code was found: it stays, so a client has to look once. */
const seen = new WeakMap<AnyClient, Set<Address>>();

/**
 * A call to an address without code succeeds. Where a function answers something, viem misses the answer; where it answers
 * nothing, nobody would notice that nothing happens.
 */
export async function requireCode(
  client: AnyClient,
  { address, abi, functionName }: { address: Address; abi: Abi; functionName: string },
): Promise<void> {
  const item = abi.find((entry) => entry.type === "function" && entry.name === functionName);
  if (item?.type === "function" && item.outputs.length > 0) return;
  const known = seen.get(client) ?? new Set();
  if (known.has(address)) return;
  if ((await getCode(client, { address })) === undefined) throw new RegistryNotDeployedError({ address });
  seen.set(client, known.add(address));
}
