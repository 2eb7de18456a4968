import { createHash } from "node:crypto";
import { canonicalJson } from "./canonicalJson.ts";

/** SHA-256 (hex) of a value's canonical JSON. */
export function hashOf(value: unknown): string {
  return createHash("sha256").update(canonicalJson(value)).digest("hex");
}
