// Identities that somebody speaks for, or a reason why nobody does. What was read already is judged without another request.
import type { Address } from "viem";
import { IdentityRetiredError, NotOwnerError } from "../errors/identity.ts";
import { UnknownIdentityError } from "../errors/vouch.ts";
import type { AnyClient } from "../types/client.ts";
import type { Identity } from "../types/identity.ts";
import type { AddressParameters } from "../types/parameters.ts";
import { readIdentity } from "./readIdentity.ts";

/** Refuses a number that nobody has yet; a retired identity still is one. */
export function requireKnown(identity: Identity): Identity {
  if (identity.status === "unknown") throw new UnknownIdentityError({ id: identity.id });
  return identity;
}

/** Refuses an identity without an owner: one that is retired. */
export function requireOwner(identity: Identity): Identity & { owner: Address } {
  const { id, owner } = requireKnown(identity);
  if (owner === undefined) throw new IdentityRetiredError({ id });
  return { ...identity, owner };
}

/** Refuses an identity that the signer does not own: its signature would not count. */
export function requireOwnedBy(identity: Identity, signer: Address): Identity & { owner: Address } {
  const owned = requireOwner(identity);
  if (owned.owner !== signer) throw new NotOwnerError({ id: identity.id, caller: signer });
  return owned;
}

/** Reads an identity with an owner. */
export async function existing(client: AnyClient, id: number, { addresses }: AddressParameters) {
  return requireOwner(await readIdentity(client, { id, addresses }));
}

/** Reads an identity that the signer owns. */
export async function owned(client: AnyClient, id: number, signer: Address, { addresses }: AddressParameters) {
  return requireOwnedBy(await readIdentity(client, { id, addresses }), signer);
}
