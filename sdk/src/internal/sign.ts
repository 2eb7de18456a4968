// What every signature needs beside its message.
import { type Account, type Address, type Hex, hashTypedData, type TypedDataDefinition } from "viem";
import { parseAccount } from "viem/accounts";
import { getBlock, getChainId, signTypedData } from "viem/actions";
import { getIdentity } from "../actions/identity/getIdentity.ts";
import { AccountRequiredError } from "../errors/arguments.ts";
import { IdentityRetiredError, NotOwnerError } from "../errors/identity.ts";
import { UnknownIdentityError } from "../errors/vouch.ts";
import type { Identity } from "../types/identity.ts";
import { withLegacyV } from "./ecdsa.ts";
import { explain } from "./explain.ts";
import { freeNonces, type NonceRegistry } from "./nonces.ts";
import type { AddressParameters, AnyClient } from "./types.ts";
import { addressOf, nonceNumberOf, timeOf } from "./validate.ts";

/** What every action that signs takes besides its own parameters. The account is required where the client has none. */
export type SignParameters<account extends Account | undefined = Account | undefined> = SignerParameters<account> & {
  /** Last second (unix time) at which the signature counts. */
  deadline?: number | undefined;
};

/** Who signs, and where the registries are. The account is required where the client has none. */
export type SignerParameters<account extends Account | undefined = Account | undefined> = AddressParameters &
  (account extends Account
    ? {
        /** Who signs; the client's account where left out. */
        account?: Account | Address | undefined;
      }
    : {
        /** Who signs. */
        account: Account | Address;
      });

/** What every action that signs with a nonce takes besides. */
export type NonceParameters = {
  /**
   * The nonce to sign: any number that the account has not used in this registry, here below 2^53. Where left out, the
   * lowest that is free. A nonce counts once: of two signatures with the same one, which is what two that are made before
   * either is used have, only one can ever be used. `getFreeNonces` answers several for signing many at once.
   */
  signatureNonce?: number | undefined;
};

/** Who signs, and its address in the one form in which addresses are compared. */
export function signerOf(client: AnyClient, { account = client.account }: { account?: Account | Address | undefined }) {
  if (account === undefined) throw new AccountRequiredError();
  const parsed = parseAccount(account);
  return { account: parsed, signer: addressOf(parsed.address) };
}

/** The account's signature, in the form that the registries take. */
export async function signatureOf(client: AnyClient, account: Account, message: TypedDataDefinition): Promise<Hex> {
  const signature = await explain(client, signTypedData(client, { account, ...message }));
  return withLegacyV(addressOf(account.address), hashTypedData(message), signature);
}

export async function chainIdOf(client: AnyClient): Promise<number> {
  return client.chain?.id ?? (await explain(client, getChainId(client)));
}

/** The deadline asked for, else some time ahead by the chain's own clock, which need not be this machine's. */
export async function deadlineOf(client: AnyClient, deadline: number | undefined, ahead: number): Promise<number> {
  if (deadline !== undefined) return Number(timeOf(deadline, "deadline"));
  const { timestamp } = await explain(client, getBlock(client));
  return Number(timestamp) + ahead;
}

/** An identity that was registered, retired or not: a number that nobody has yet is nobody's. */
export async function known(client: AnyClient, id: number, { addresses }: AddressParameters): Promise<Identity> {
  const identity = await getIdentity(client, { id, addresses });
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

/** The nonce to sign: the one asked for, else the lowest that is free. */
export async function nonceOf(
  client: AnyClient,
  registry: NonceRegistry,
  owner: Address,
  { signatureNonce, addresses }: NonceParameters & AddressParameters,
): Promise<number> {
  if (signatureNonce !== undefined) return nonceNumberOf(signatureNonce, "signatureNonce");
  const [nonce] = await freeNonces(client, { registry, owner, count: 1, addresses });
  return nonce as number;
}
