import type { ReadParameters } from "../types/parameters.ts";

/** Where in the chain's history to read, for viem. */
export function at({ blockNumber }: ReadParameters): { blockNumber?: bigint } {
  return blockNumber === undefined ? {} : { blockNumber };
}
