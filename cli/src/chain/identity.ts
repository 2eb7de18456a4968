import { resolveKey } from "@tenure/sdk";
import type { Address } from "viem";
import { NoIdentityError } from "../errors/cliError.ts";
import type { Target } from "../parse/values.ts";
import type { ReadClient } from "./connect.ts";

/** The identity for which a key speaks now. */
export async function idOfKey(client: ReadClient, address: Address): Promise<number> {
  const { id, role } = await resolveKey(client, { address });
  if (id === undefined) {
    throw new NoIdentityError(`${address} has no identity here.`, "Make one with: tenure register");
  }
  if (role === "former") {
    throw new NoIdentityError(`${address} is a former key of identity ${id}: it speaks for nobody.`);
  }
  return id;
}

/** The identity that is meant: by its number, or by a key that speaks for it now. */
export async function idOfTarget(client: ReadClient, target: Target): Promise<number> {
  return target.id ?? idOfKey(client, target.address);
}
