import type { Address } from "viem";
import { parseAccountId } from "../account/accountId.ts";
import { within } from "../account/ask.ts";
import { Refusal } from "../errors/refusal.ts";
import type { CallerIdentity, IdentityReader } from "./types.ts";

const FORMER = new Refusal(
  "principal_not_allowed",
  "The account is a former key of an identity, and speaks for nobody.",
);
const UNKNOWN = new Refusal("principal_not_allowed", "The account is the key of no identity here.");
const UNAVAILABLE = new Refusal("identity_unavailable", "The registry of identities cannot be asked now. Try again.");

/** Whom to ask, about accounts of which chain, and for how long. */
export interface Registry {
  readonly reader: IdentityReader;
  readonly chainId: string;
  /** Milliseconds. */
  readonly timeout: number;
}

const isSame = (address: Address | undefined, other: Address) => address?.toLowerCase() === other;

async function read({ reader, timeout }: Registry, address: Address): Promise<CallerIdentity | undefined | "former"> {
  const { id, role } = await within(timeout, reader.key({ address }));
  if (role === "former") return "former";
  if (id === undefined) return undefined;
  const { status, owner, wallet, keyEpoch } = await within(timeout, reader.identity({ id }));
  if (status === "unknown") return undefined;
  // The second answer alone decides: a key may have been rotated away since the first.
  if (isSame(owner, address)) return { id, role: "owner", status, keyEpoch };
  if (isSame(wallet, address)) return { id, role: "wallet", status, keyEpoch };
  // While an identity is suspended, nobody is its wallet, and whoever was is no former key either.
  if (status !== "active" && role !== "none") return { id, role, status, keyEpoch };
  return role === "none" ? undefined : "former";
}

/**
 * Whom the registries have an account for.
 *
 * @param principal The account, as CAIP-10 writes it.
 * @param isRequired Whether it has to be the owner or the wallet of an active identity.
 * @returns The identity, none, or why it is not let in.
 */
export async function identify(
  registry: Registry,
  principal: string,
  isRequired: boolean,
): Promise<CallerIdentity | undefined | Refusal> {
  const account = parseAccountId(principal);
  let found: CallerIdentity | undefined | "former";
  try {
    // One address on two chains may be two contracts: another chain's account is nobody here.
    if (account?.chainId === registry.chainId) found = await read(registry, account.address);
  } catch {
    return UNAVAILABLE;
  }
  if (found === "former") return FORMER;
  if (!isRequired) return found;
  if (found === undefined) return UNKNOWN;
  if (found.status === "active") return found;
  return new Refusal("principal_not_allowed", `The identity of the account is ${found.status}.`);
}
