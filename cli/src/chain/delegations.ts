// Grants on chain: the epochs that they have to say, and whether they still count.
import type { ChainedGrant } from "@tenure/http-auth";
import { getDelegationStatuses, getRegistryAddress, isTenureError, toTenureError } from "@tenure/sdk";
import { type Address, getAddress, type Hex, zeroHash } from "viem";
import { Status, UsageError } from "../errors/cliError.ts";
import { explain } from "../errors/explain.ts";
import { waiting } from "../view/progress.ts";
import type { ReadClient } from "./connect.ts";

/** An account as CAIP-10 writes it. */
export type AccountId = { chainId: number; address: Address };

/** The account of a text such as "eip155:1:0x…"; undefined for any other text. */
export function accountIn(text: string): AccountId | undefined {
  const [, chain, address] = /^eip155:(\d{1,15}):(0x[0-9a-f]{40})$/i.exec(text) ?? [];
  return address === undefined ? undefined : { chainId: Number(chain), address: getAddress(address) };
}

/** "eip155:1:0x…", as keys of requests and grants are named. */
export function nameOf({ chainId, address }: AccountId): string {
  return `eip155:${chainId}:${address.toLowerCase()}`;
}

/** The epoch that an issuer's grants have to say, and where that was read: nowhere, where the chain has no such registry. */
export type Epoch = { epoch: bigint; registry: Address | undefined };

/**
 * Reads the epoch. It is 0 where the chain has no registry of revocations; that a named one is not there is an error, and so is
 * everything else that keeps anybody from knowing it.
 */
export async function readEpoch(client: ReadClient, issuer: Address, named?: Address): Promise<Epoch> {
  try {
    const grants = [{ issuer, handle: zeroHash }];
    const { statuses } = await waiting("Reading", getDelegationStatuses(client, { grants }));
    return { epoch: statuses[0]?.epoch ?? 0n, registry: getRegistryAddress(client, "delegationRegistry") };
  } catch (error) {
    if (named === undefined && isAbsent(error)) return { epoch: 0n, registry: undefined };
    throw error;
  }
}

/** Whether a chain simply has no registry of revocations. */
export function isAbsent(error: unknown): boolean {
  const absent = ["DeploymentNotFoundError", "RegistryNotDeployedError"];
  return isTenureError(error) && absent.includes(error.name);
}

/** What became of a grant. `unknown` where nobody answered, and never in the place of anything else. */
export type LinkStatus = "active" | "revoked" | "other epoch" | "unknown";

/** What became of some grants, in their order, and why it is not known of all. */
export type LinkStatuses = { statuses: LinkStatus[]; reason: string | undefined };

/** Whether an issuer signed a grant; undefined where nobody answered. */
export type IsSigned = boolean | undefined;

/** Whether each grant of a field is signed by its issuer. Accounts are looked up at the node, in case that they have code. */
export async function areSigned(connect: () => Promise<ReadClient>, field: string): Promise<IsSigned[]> {
  const { verifyGrants } = await import("../auth.ts");
  const clients = await connect().then(
    (client) => [client],
    // Why, whoever asked for their statuses has been told; keys can be looked at all the same.
    () => [],
  );
  const verdicts = await waiting("Checking", verifyGrants(field, { clients }));
  return verdicts.map((verdict) => (verdict === "unavailable" ? undefined : verdict === "valid"));
}

/** What of a grant is asked about. */
export type Link = Pick<ChainedGrant, "revocationAccount" | "revocationHandle"> & { grant: { epoch: bigint } };

/** Asks the node what became of grants; those of other chains, and all where no registry answers, are unknown. */
export async function linkStatuses(
  connect: () => Promise<ReadClient>,
  links: readonly Link[],
  where: string,
): Promise<LinkStatuses> {
  try {
    const client = await connect();
    const here = links.map((link) => referenceOn(client, link));
    const grants = here.filter((reference) => reference !== undefined);
    const { statuses: found } =
      grants.length === 0 ? { statuses: [] } : await waiting("Reading", getDelegationStatuses(client, { grants }));
    const left = [...found];
    const statuses = links.map(({ grant }, index): LinkStatus => {
      const status = here[index] === undefined ? undefined : left.shift();
      if (status === undefined) return "unknown";
      if (status.isRevoked) return "revoked";
      return status.epoch === grant.epoch ? "active" : "other epoch";
    });
    const isElsewhere = grants.length < links.length;
    const reason = isElsewhere
      ? `The node is on chain ${client.chain.id}, and grants of other chains are revoked there.`
      : undefined;
    return { statuses, reason };
  } catch (error) {
    const explained = explain(toTenureError(error) ?? error, where);
    // What was typed is wrong.
    if (explained.status === Status.usage) throw error;
    return { statuses: links.map(() => "unknown"), reason: explained.message };
  }
}

function referenceOn(
  client: ReadClient,
  { revocationAccount, revocationHandle }: Link,
): { issuer: Address; handle: Hex } | undefined {
  const account = accountIn(revocationAccount);
  if (account === undefined || account.chainId !== client.chain.id) return undefined;
  return { issuer: account.address, handle: revocationHandle };
}

/** Refuses a grant of another chain than the node's. */
export function requireChainOf(client: ReadClient, { chainId }: AccountId): void {
  if (chainId === client.chain.id) return;
  throw new UsageError(
    `The grant is one of chain ${chainId}, and the node is on chain ${client.chain.id}.`,
    "Name a node of that chain with --rpc.",
  );
}
