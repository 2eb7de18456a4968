// What every signature needs beside its message.
import type { Account, Address, Hex, TypedDataDefinition } from "viem";
import { parseAccount } from "viem/accounts";
import { signTypedData } from "viem/actions";
import { addressOf, nonceNumberOf, timeOf } from "../check/arguments.ts";
import { AccountRequiredError } from "../errors/arguments.ts";
import { freeNonces } from "../facts/nonces.ts";
import { currentTime } from "../rpc/currentTime.ts";
import { explain } from "../rpc/explain.ts";
import type { AnyClient } from "../types/client.ts";
import type { AddressParameters, NonceParameters } from "../types/parameters.ts";
import type { NonceRegistry } from "../types/registry.ts";
import { canonicalSignature } from "./canonicalSignature.ts";

/** Who signs, and its address in the one form in which addresses are compared. */
export function signerOf(client: AnyClient, { account = client.account }: { account?: Account | Address | undefined }) {
  if (account === undefined) throw new AccountRequiredError();
  const parsed = parseAccount(account);
  return { account: parsed, signer: addressOf(parsed.address) };
}

/** The account's signature, in the form that the registries take. */
export async function signatureOf(client: AnyClient, account: Account, message: TypedDataDefinition): Promise<Hex> {
  const signature = await explain(client, signTypedData(client, { account, ...message }));
  return canonicalSignature({ signer: account.address, typedData: message, signature });
}

/** The deadline asked for, else some time ahead. */
export async function deadlineOf(client: AnyClient, deadline: number | undefined, ahead: number): Promise<number> {
  if (deadline !== undefined) return Number(timeOf(deadline, "deadline"));
  return (await currentTime(client)) + ahead;
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
