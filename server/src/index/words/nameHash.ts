import { createHash } from "node:crypto";
import type { Hex } from "viem";

/** What a name is found by: databases index no text of any length, and strangers choose names. */
export function nameHash(name: string): Hex {
  return `0x${createHash("sha256").update(name, "utf8").digest("hex")}`;
}
