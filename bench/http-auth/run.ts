import type { Measured } from "./report.ts";
import { measureSigning } from "./signing.ts";
import { measureStores } from "./stores.ts";
import { measureAccounts, measureSessions } from "./verifying.ts";

/** One after the other: each is to have a core for itself. */
export async function measureAuth(): Promise<Measured> {
  return {
    accounts: await measureAccounts(),
    sessions: await measureSessions(),
    signing: await measureSigning(),
    stores: await measureStores(),
  };
}
