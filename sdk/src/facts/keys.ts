// What an address was here decides what it can become: a key serves one identity, for ever.
import type { Address } from "viem";
import { AlreadyRegisteredError } from "../errors/identity.ts";
import type { AnyClient } from "../types/client.ts";
import type { ResolvedKey } from "../types/identity.ts";
import type { AddressParameters } from "../types/parameters.ts";
import { readKey } from "./readKey.ts";

/** Whether an address is, or once was, an owner. A wallet is free again once it is unset. */
export function isTaken({ id, role }: ResolvedKey): boolean {
  return id !== undefined && role !== "wallet";
}

/** Refuses an address that can never become a key: but of the identity that it owns, where one is given. */
export async function requireFresh(
  client: AnyClient,
  key: Address,
  { addresses, owns }: AddressParameters & { owns?: number | undefined },
): Promise<void> {
  const found = await readKey(client, { address: key, addresses });
  const { id, role } = found;
  if (id === undefined || !isTaken(found) || (role === "owner" && id === owns)) return;
  throw new AlreadyRegisteredError({ key, id });
}
