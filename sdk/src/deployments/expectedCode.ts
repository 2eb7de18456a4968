import { type Hex, hexToBytes } from "viem";
import type { Artifact } from "../types/deployment.ts";

/**
 * Whether code is that of a compiled contract, whatever its constructor filled in. What it filled in follows from the
 * address, which the deterministic deployment binds to the constructor's arguments.
 *
 * @param code - The code found on chain.
 * @param artifact - The compiled contract, of `@tenure/sdk/bytecode`.
 * @returns True where they agree.
 *
 * @example
 * import { identityRegistryArtifact } from "@tenure/sdk/bytecode";
 *
 * isExpectedCode(code, identityRegistryArtifact); // true
 */
export function isExpectedCode(code: Hex, { runtime, immutables }: Artifact): boolean {
  const found = hexToBytes(code);
  const expected = hexToBytes(runtime);
  if (found.length !== expected.length) return false;
  for (const [start, length] of immutables) found.fill(0, start, start + length);
  return found.every((byte, index) => byte === expected[index]);
}
