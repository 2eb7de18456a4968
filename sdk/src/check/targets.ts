import type { Address } from "viem";
import { InvalidTargetError, show } from "../errors/arguments.ts";
import { addressOf, idOf } from "./arguments.ts";

/** Identities, all named by their numbers or all by their keys. */
type Targets = { ids?: readonly number[] | undefined; address?: readonly Address[] | undefined };

/** What a program without types may hand over. */
type Untyped = { ids?: unknown; address?: unknown; keys?: unknown; addresses?: unknown };

/** Who is asked for: either list, checked. */
export function targetsOf({ ids, address, ...others }: Targets): bigint[] | Address[] {
  const wrong = wrongIn({ ids, address, ...others });
  if (wrong !== undefined) throw new InvalidTargetError({ wrong });
  return ids?.map((id) => idOf(id)) ?? (address ?? []).map(addressOf);
}

/** What is wrong with the names that were used: those for a list of addresses are easily mistaken for one another. */
function wrongIn({ ids, address, keys, addresses }: Untyped): string | undefined {
  if (keys !== undefined) return "`keys` names no identities.";
  if (Array.isArray(addresses)) return "`addresses` is a list, and names no identities.";
  if ((ids === undefined) === (address === undefined)) return "It is not clear which identities are meant.";
  if (Array.isArray(ids ?? address)) return undefined;
  return ids === undefined ? `\`address\` is ${show(address)}, and no list.` : `\`ids\` is ${show(ids)}, and no list.`;
}
