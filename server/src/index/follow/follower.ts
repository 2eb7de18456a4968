import { type AnyClient, type RegistryAddresses, requireRegistries, scanEvents } from "@tenure/sdk";
import type { Writer } from "../../database/index.ts";
import { ContradictionError } from "../apply/cells.ts";
import { type ChainRow, type Cursor, changeChain, readChain } from "../store/chainRow.ts";
import { commitRange } from "../store/commitRange.ts";
import { recentBlocks, undoTo, wipe } from "../store/undo.ts";
import { ahead } from "./ahead.ts";
import { ChainDiffersError, HeadMissingError } from "./errors.ts";
import { readBlock, readBlocks, readChainId, readParameters } from "./node.ts";

/** Milliseconds for which a node may name an older head than before: another one may lag behind. Then that is the head. */
const LAG_PATIENCE = 10_000;

/** Milliseconds between two notes of being at the head. */
const NOTE_INTERVAL = 1_000;

/** How the follower looks. */
export interface FollowerSettings {
  readonly client: AnyClient;
  readonly addresses: RegistryAddresses;
  readonly chain: number;
  readonly chainId: number;
  readonly fromBlock: bigint;
  /** How many blocks a reorganisation can take back at most without everything being read anew. */
  readonly reach: number;
  readonly chunkSize: number | undefined;
}

/**
 * Follows a chain to its head, one look at a time, and writes what it finds. A look changes nothing until a whole range is
 * known to be of one chain; what a look does not finish, the next one does.
 */
export class Follower {
  readonly #settings: FollowerSettings;
  readonly #writer: Writer;
  #row: ChainRow | undefined;
  /** Since when the node names a head that is older than the cursor. */
  #lagsSince: number | undefined;
  /** How many looks in a row found no block in common. */
  #strange = 0;
  #notedAt = 0;
  #isSure = false;

  constructor(settings: FollowerSettings, writer: Writer) {
    this.#settings = settings;
    this.#writer = writer;
  }

  /** @returns Whether there is more to do at once. */
  async look(): Promise<boolean> {
    const seenAt = Date.now();
    this.#row ??= await this.#writer.transaction((own) => readChain(own, this.#settings.chain));
    if (this.#row.rebuild !== undefined) return this.#begin(this.#row.rebuild);
    try {
      if (!this.#isSure && !(await this.#isSameDeployment(this.#row))) {
        return await this.#begin("The registries have other parameters than before.");
      }
      return await this.#look(seenAt, this.#row);
    } catch (error) {
      // What the node is, and where the index is, is looked at anew.
      this.#isSure = false;
      this.#row = undefined;
      if (error instanceof ContradictionError) return this.#begin(error.message);
      throw error;
    }
  }

  /** Says what keeps the index from going on. */
  async note(problem: string): Promise<void> {
    await this.#writer.transaction((own) => changeChain(own, this.#settings.chain, { problem }));
    this.#notedAt = 0;
  }

  async #look(seenAt: number, row: ChainRow): Promise<boolean> {
    const { client, fromBlock } = this.#settings;
    const head = await readBlock(client);
    if (head === undefined) throw new HeadMissingError(undefined);
    const { cursor } = row;
    if (cursor !== undefined && head.hash === cursor.hash) return this.#noteSeen(seenAt, row, head);
    if (cursor !== undefined && !(await this.#stands(cursor, head))) return this.#goBack(row, head);
    this.#lagsSince = undefined;
    this.#strange = 0;
    const from = cursor === undefined ? fromBlock : cursor.number + 1n;
    if (from > head.number) return false;
    return this.#advance(row, from, head, seenAt);
  }

  /** Whether the block is part of the chain that the head is of. */
  async #stands(cursor: Cursor, head: Cursor): Promise<boolean> {
    if (head.number < cursor.number) return false;
    if (head.number === cursor.number) return head.hash === cursor.hash;
    return (await readBlock(this.#settings.client, cursor.number))?.hash === cursor.hash;
  }

  async #advance(row: ChainRow, from: bigint, head: Cursor, seenAt: number): Promise<boolean> {
    const { client, addresses, chunkSize } = this.#settings;
    if (row.genesis === undefined) await this.#noteGenesis(row);
    const oldest = head.number - BigInt(this.#settings.reach);
    const ranges = scanEvents(client, { fromBlock: from, toBlock: head.number, addresses, chunkSize });
    for await (const { fromBlock, toBlock, events } of ahead(ranges)) {
      if (this.#writer.lost.aborted) return false;
      const first = fromBlock > oldest ? fromBlock : oldest;
      const recent = await readBlocks(client, first > toBlock ? toBlock : first, toBlock);
      const last = recent?.at(-1);
      if (recent === undefined || last === undefined) throw new HeadMissingError(head.number);
      const hashes = new Map(recent.map(({ number, hash }) => [number, hash]));
      const isOne = events.every(({ blockNumber, blockHash }) => (hashes.get(blockNumber) ?? blockHash) === blockHash);
      // The head that was there before is there after: so was everything below it, all the time.
      const now = await readBlock(client, head.number);
      if (now === undefined) throw new HeadMissingError(head.number);
      if (!isOne || now.hash !== head.hash || (last.number === head.number && last.hash !== head.hash)) return true;
      const before = this.#row as ChainRow;
      this.#row = await this.#writer.transaction(async (own) => {
        await commitRange(own, before, { last, recent, events, reach: oldest, seenAt, head: head.number });
        return readChain(own, before.chain);
      });
      this.#notedAt = seenAt;
    }
    return true;
  }

  async #goBack(row: ChainRow, head: Cursor): Promise<boolean> {
    const { client, chain } = this.#settings;
    const blocks = await this.#writer.transaction((own) => recentBlocks(own, chain));
    const known = blocks.filter(({ number }) => number <= head.number);
    const common = await newestCommon(known, async ({ number, hash }) => {
      const found = number === head.number ? head : await readBlock(client, number);
      return found?.hash === hash;
    });
    const cursor = row.cursor as Cursor;
    if (common !== undefined && common.number === head.number && head.number < cursor.number) {
      // What is above may come to be there again: the node may only lag behind another one.
      this.#lagsSince ??= Date.now();
      if (Date.now() - this.#lagsSince < LAG_PATIENCE) return false;
    }
    this.#lagsSince = undefined;
    if (common === undefined) {
      this.#strange += 1;
      await this.#isSameDeployment(row);
      const reason = "The node's chain has no block in common with the newest blocks of the index.";
      // Once may be a node that is wrong for a moment; to read everything anew takes long.
      return this.#strange > 1 ? this.#begin(reason) : false;
    }
    this.#row = await this.#writer.transaction(async (own) => {
      await undoTo(own, chain, common);
      return readChain(own, chain);
    });
    // It may have gone back to before the registries were deployed.
    this.#isSure = false;
    return true;
  }

  /** Forgets everything, and begins anew. */
  async #begin(reason: string): Promise<boolean> {
    const { chain, client, addresses } = this.#settings;
    const parameters = await readParameters(client, addresses);
    this.#strange = 0;
    this.#row = await this.#writer.transaction(async (own) => {
      await wipe(own, chain, reason);
      await changeChain(own, chain, { parameters });
      return readChain(own, chain);
    });
    return true;
  }

  async #noteSeen(seenAt: number, row: ChainRow, head: Cursor): Promise<boolean> {
    this.#lagsSince = undefined;
    this.#strange = 0;
    if (seenAt - this.#notedAt < NOTE_INTERVAL && row.problem === undefined) return false;
    this.#row = await this.#writer.transaction(async (own) => {
      await changeChain(own, row.chain, { seenAt, head: head.number, problem: undefined });
      return readChain(own, row.chain);
    });
    this.#notedAt = seenAt;
    return false;
  }

  async #noteGenesis(row: ChainRow): Promise<void> {
    const genesis = (await readBlock(this.#settings.client, 0n))?.hash;
    await this.#writer.transaction((own) => changeChain(own, row.chain, { genesis }));
  }

  /** Whether the node, which is of the chain that is meant, has the registries as they are known. */
  async #isSameDeployment({ parameters }: ChainRow): Promise<boolean> {
    const { client, chainId, addresses } = this.#settings;
    const actual = await readChainId(client);
    if (actual !== chainId) throw new ChainDiffersError(actual, chainId);
    await requireRegistries(client, { addresses });
    const found = await readParameters(client, addresses);
    this.#isSure = JSON.stringify(found) === JSON.stringify(parameters);
    return this.#isSure;
  }
}

/** The newest of blocks, newest first, that is part of a chain; below it, all are. */
async function newestCommon(
  blocks: readonly Cursor[],
  isPart: (block: Cursor) => Promise<boolean>,
): Promise<Cursor | undefined> {
  let [low, high] = [0, blocks.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (await isPart(blocks[middle] as Cursor)) high = middle;
    else low = middle + 1;
  }
  return blocks[low];
}
