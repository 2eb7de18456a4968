// Identities that somebody speaks for, or a reason why nobody does.
import type { Address } from "viem";
import { IdentityRetiredError, NotOwnerError } from "../errors/identity.ts";
import { UnknownIdentityError } from "../errors/vouch.ts";
import type { AnyClient } from "../types/client.ts";
import type { Identity } from "../types/identity.ts";
import type { AddressParameters } from "../types/parameters.ts";
import { readIdentity } from "./readIdentity.ts";

/** An identity that was registered, retired or not: a number that nobody has yet is nobody's. */
export async function known(client: AnyClient, id: number, { addresses }: AddressParameters): Promise<Identity> {
  const identity = await readIdentity(client, { id, addresses });
  if (identity.status === "unknown") throw new UnknownIdentityError({ id });
  return identity;
}

/** An identity with an owner: one that is not retired. */
export async function existing(
  client: AnyClient,
  id: number,
  parameters: AddressParameters,
): Promise<Identity & { owner: Address }> {
  const identity = await known(client, id, parameters);
  if (identity.owner === undefined) throw new IdentityRetiredError({ id });
  return { ...identity, owner: identity.owner };
}

/** An identity that the signer owns: nobody else's signature would count. */
export async function owned(client: AnyClient, id: number, signer: Address, parameters: AddressParameters) {
  const identity = await existing(client, id, parameters);
  if (identity.owner !== signer) throw new NotOwnerError({ id, caller: signer });
  return identity;
}
