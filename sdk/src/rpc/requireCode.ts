import type { Abi, Address } from "viem";
import { getCode } from "viem/actions";
import { RegistryNotDeployedError } from "../errors/arguments.ts";
import type { AnyClient } from "../types/client.ts";

/** Where code was found: it stays, so a client has to look once. */
const seen = new WeakMap<AnyClient, Set<Address>>();

/** Whether a function answers something, which viem misses where no code is: nobody has to look for that. */
export function answers({ abi, functionName }: { abi: Abi; functionName: string }): boolean {
  const item = abi.find((entry) => entry.type === "function" && entry.name === functionName);
  return item?.type === "function" && item.outputs.length > 0;
}

/** A call to an address without code succeeds, and nobody would notice that nothing happens. */
export async function requireCode(client: AnyClient, { address }: { address: Address }): Promise<void> {
  const known = seen.get(client) ?? new Set();
  if (known.has(address)) return;
  if ((await getCode(client, { address })) === undefined) throw new RegistryNotDeployedError({ address });
  seen.set(client, known.add(address));
}
