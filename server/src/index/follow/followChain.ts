import {
  type AnyClient,
  getDelegationAddress,
  getLinksAddress,
  getRegistryAddress,
  type RegistryAddresses,
} from "@tenure/sdk";
import { type Database, DatabaseError, pause, type Writer, WriterLostError } from "../../database/index.ts";
import { beginChain } from "../store/chainRow.ts";
import { CursorMovedError } from "../store/commitRange.ts";
import { indexMigrations } from "../store/migrations.ts";
import { ChainDiffersError } from "./errors.ts";
import { Follower, type FollowerSettings } from "./follower.ts";
import { readChainId, readParameters } from "./node.ts";

/** What to follow, and how. */
export interface FollowChainParameters {
  readonly database: Database;
  /** A client of a node of the chain; with a WebSocket or by polling, as it was made. */
  readonly client: AnyClient;
  /** Where the registries are, if not where the client's chain or the address book says. */
  readonly addresses?: RegistryAddresses | undefined;
  /** The block from which on the registries are there; 0 where left out. */
  readonly fromBlock?: bigint | undefined;
  /** How many blocks can be undone, and asked about; 256 where left out. A reorganisation that goes deeper has everything read anew. */
  readonly reach?: number | undefined;
  /** Milliseconds between two looks; the client's where left out. */
  readonly pollingInterval?: number | undefined;
  /** How many blocks to ask the node for at once; 10,000 where left out. Fewer where it refuses. */
  readonly chunkSize?: number | undefined;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Told of what keeps it from going on, each time; it goes on trying. */
  readonly onProblem?: ((error: unknown) => void) | undefined;
}

/** Milliseconds after which something that failed is tried again, at first and at most. */
const [FIRST_WAIT, LAST_WAIT] = [250, 5_000];

/**
 * Follows the registries of one chain into the database, until the signal. Of several that follow the same registries into the
 * same Postgres one does, and another goes on when that ends.
 *
 * @example
 * const ended = new AbortController();
 * await followChain({ database, client, signal: ended.signal, onProblem: (error) => console.error(error) });
 */
export async function followChain(parameters: FollowChainParameters): Promise<void> {
  const { database, signal, onProblem } = parameters;
  let wait = FIRST_WAIT;
  while (!signal.aborted) {
    let writer: Writer | undefined;
    try {
      const settings = await prepare(parameters);
      writer = await database.acquireWriter(`index ${settings.chain}`, signal);
      if (writer === undefined) return;
      await follow(new Follower(settings, writer), writer, parameters);
      wait = FIRST_WAIT;
    } catch (error) {
      if (!signal.aborted) onProblem?.(error);
      await pause(wait, signal);
      wait = Math.min(2 * wait, LAST_WAIT);
    } finally {
      await writer?.release();
    }
  }
}

/** Looks until the right to write is lost, or the signal. A node that fails is asked again. */
async function follow(follower: Follower, writer: Writer, parameters: FollowChainParameters): Promise<void> {
  const { client, signal, onProblem, pollingInterval = client.pollingInterval } = parameters;
  let wait = FIRST_WAIT;
  let noted: string | undefined;
  while (!signal.aborted && !writer.lost.aborted) {
    try {
      const isBehind = await follower.look();
      [wait, noted] = [FIRST_WAIT, undefined];
      if (!isBehind) await pause(pollingInterval, AbortSignal.any([signal, writer.lost]));
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof CursorMovedError) continue;
      if (error instanceof DatabaseError || error instanceof WriterLostError) throw error;
      onProblem?.(error);
      const words = wordsOf(error);
      if (words !== noted) await follower.note(words);
      noted = words;
      await pause(wait, AbortSignal.any([signal, writer.lost]));
      wait = Math.min(2 * wait, LAST_WAIT);
    }
  }
}

/** Makes the tables, and finds the chain's rows or begins them. */
async function prepare(parameters: FollowChainParameters): Promise<FollowerSettings> {
  const { database, client, fromBlock = 0n, reach = 256, chunkSize } = parameters;
  await database.migrate(indexMigrations);
  const addresses = parameters.addresses ?? addressesOf(client);
  const actual = await readChainId(client);
  const chainId = client.chain?.id ?? actual;
  if (actual !== chainId) throw new ChainDiffersError(actual, chainId);
  const own = await readParameters(client, addresses);
  const { chain } = await database.transaction((transaction) => beginChain(transaction, chainId, addresses, own));
  return { client, addresses, chain, chainId, fromBlock, reach, chunkSize };
}

function addressesOf(client: AnyClient): RegistryAddresses {
  return {
    identityRegistry: getRegistryAddress(client, "identityRegistry"),
    vouchRegistry: getRegistryAddress(client, "vouchRegistry"),
    agentLinks: getLinksAddress(client),
    delegationRegistry: getDelegationAddress(client),
  };
}

/** What went wrong, in a line: all that a node says may go on for pages, and name its key. */
function wordsOf(error: unknown): string {
  const { shortMessage, details, message } = (error ?? {}) as Record<string, unknown>;
  const parts = typeof shortMessage === "string" ? [shortMessage, details] : [message ?? String(error)];
  const lines = parts.filter((part) => typeof part === "string").map((part) => part.split("\n", 1)[0]);
  return lines.join(" ").slice(0, 300);
}
