import type { AnyClient } from "../types/client.ts";

/**
 * The same client, for calls of a stranger's contract. A contract may ask whoever calls it to fetch URLs (ERC-3668), and
 * viem would, from wherever this runs. It may also burn all gas, others' in the same gathering. The client's own actions
 * are left out: viem prefers them to its plain ones, and they keep the client's own settings.
 */
export function wary(client: AnyClient): AnyClient {
  const fields = Object.entries(client).filter(([name, value]) => name === "request" || typeof value !== "function");
  return { ...(Object.fromEntries(fields) as unknown as AnyClient), batch: undefined, ccipRead: false };
}
