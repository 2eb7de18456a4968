import { getRegistryAddress } from "../deployments/resolve.ts";
import type { AnyClient } from "../types/client.ts";
import type { AddressParameters } from "../types/parameters.ts";
import { explained } from "./explainReading.ts";
import { requireCode } from "./requireCode.ts";

/**
 * Refuses a chain on which one of the registries is not: a call to an address without code would look like a success
 * where nothing is answered.
 *
 * @param client - Client.
 * @param parameters - Where the registries are, if not where the client's chain or the address book says.
 * @throws {RegistryNotDeployedError} One of them is not there.
 *
 * @example
 * await requireRegistries(client);
 */
export async function requireRegistries(client: AnyClient, { addresses }: AddressParameters = {}): Promise<void> {
  const names = ["identityRegistry", "vouchRegistry"] as const;
  const looks = names.map((name) => requireCode(client, { address: getRegistryAddress(client, name, addresses) }));
  // The first of them is named, whichever is answered first.
  for (const look of await Promise.allSettled(looks)) {
    if (look.status === "rejected") throw await explained(client, look.reason);
  }
}
