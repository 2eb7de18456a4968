import {
  type BlockReference,
  InvalidIdError,
  InvalidTargetError,
  type MomentParameters,
  type Profile,
  type ProfileTarget,
  type ResolvedKey,
  type Vouch,
} from "@tenure/sdk";
import { type Address, getAddress, type Hex, InvalidAddressError, isAddress } from "viem";
import type { Database, Queries } from "../../database/index.ts";
import type { CellName } from "../apply/cells.ts";
import { cellOf } from "../store/cells.ts";
import type { ChainName } from "../store/chainRow.ts";
import { field, lower } from "../words/word.ts";
import { identityOf, type KnownIdentity, keyOf, standingOf, supportOf, vouchOf } from "./facts.ts";
import { type Moment, momentOf, readCellsAt, requireWhole } from "./moment.ts";
import { type ListSide, readEdges } from "./readEdges.ts";
import { type FoundIdentity, readIdentity, readIdentityAt } from "./readIdentity.ts";

/** All that logs tell of an identity. */
export type KnownProfile = Omit<Profile, "isDelegated">;

/** A block by its number, and where it is given by its hash too: another one of that number is an error then. */
export interface SqlMoment extends MomentParameters {
  blockHash?: Hex | undefined;
}

/** The port `Reader` of the SDK, without what no log tells. */
export interface SqlFacts {
  readonly head: () => Promise<BlockReference>;
  readonly identity: (parameters: MomentParameters & { id: number }) => Promise<KnownIdentity & AtBlock>;
  readonly key: (parameters: SqlMoment & { address: Address }) => Promise<ResolvedKey>;
  readonly profile: (parameters: SqlMoment & ProfileTarget) => Promise<KnownProfile & AtBlock>;
  readonly vouch: (parameters: SqlMoment & { voucherId: number; subjectId: number }) => Promise<Vouch>;
  readonly vouchers: (parameters: MomentParameters & { id: number }) => AsyncGenerator<Vouch, void, undefined>;
  readonly vouchesBy: (parameters: MomentParameters & { id: number }) => AsyncGenerator<Vouch, void, undefined>;
}

/** The block that an answer is of. */
export interface AtBlock {
  readonly block: BlockReference;
}

/** Vouches that are read at once. */
const PAGE = 100;

/**
 * Reads facts from the index: each answer is of one block, whatever is written meanwhile.
 *
 * @param name Which registries.
 */
export function sqlFacts(database: Database, name: ChainName): SqlFacts {
  const at = <result>(
    { blockNumber, blockHash }: SqlMoment,
    work: (queries: Queries, moment: Moment) => Promise<result>,
  ): Promise<result> =>
    database.snapshot(async (queries) => work(queries, await momentOf(queries, name, blockNumber, blockHash)));

  async function* walk(side: ListSide, { id, blockNumber }: MomentParameters & { id: number }) {
    requireId(id, "id");
    let from: number | undefined;
    // All pages are of the block of the first.
    for (let number = blockNumber; ; ) {
      const { page, next, block } = await at({ blockNumber: number }, async (queries, moment) => ({
        ...(await readEdges(queries, moment, side, id, from, PAGE)),
        block: moment.block,
      }));
      number = block.number;
      yield* page;
      if (next === undefined) return;
      from = next;
    }
  }

  return {
    head: () =>
      database.snapshot(async (queries) => {
        const { number, hash, timestamp } = (await requireWhole(queries, name)).cursor;
        return { number, hash, timestamp };
      }),
    identity: async (parameters) => {
      const { id, blockNumber } = parameters;
      requireId(id, "id");
      const { words, ownerEntry, moment } = await readIdentity(database, name, id, blockNumber);
      return { ...identityOf(id, words, ownerEntry, moment), block: moment.block };
    },
    key: async (parameters) => {
      const address = requireAddress(parameters.address);
      return at(parameters, async (queries, moment) => {
        const values = await readCellsAt(queries, moment, [["key", address]]);
        return keyOf(cellOf(values, "key", address));
      });
    },
    profile: async (parameters) => {
      const { id, address } = parameters;
      if ((id === undefined) === (address === undefined)) throw new InvalidTargetError();
      if (address === undefined) {
        requireId(id as number, "id");
        const found = await readIdentity(database, name, id as number, parameters.blockNumber, parameters.blockHash);
        return { ...profileOf(id as number, found), key: undefined, role: "none" };
      }
      const key = requireAddress(address);
      return at(parameters, async (queries, moment) => {
        const found = keyOf(cellOf(await readCellsAt(queries, moment, [["key", key]]), "key", key));
        const profile = profileOf(found.id ?? 0, await readIdentityAt(queries, moment, found.id ?? 0));
        return { ...profile, key: BigInt(key) === 0n ? undefined : getAddress(key), role: found.role };
      });
    },
    vouch: async (parameters) => {
      const { voucherId, subjectId } = parameters;
      requireId(voucherId, "voucherId");
      requireId(subjectId, "subjectId");
      return at(parameters, async (queries, moment) => {
        const names: CellName[] = [
          ["edge", voucherId, subjectId],
          ["identity", voucherId],
          ["identity", subjectId],
        ];
        const values = await readCellsAt(queries, moment, names);
        const edge = cellOf(values, "edge", voucherId, subjectId)?.word;
        const arbiterId = Number(field(edge ?? 0n, 118n, 40n));
        const arbiters = arbiterId === 0 ? [] : ([["identity", arbiterId]] as CellName[]);
        const words = {
          edge,
          voucher: cellOf(values, "identity", voucherId),
          subject: cellOf(values, "identity", subjectId),
          arbiter: cellOf(await readCellsAt(queries, moment, arbiters), "identity", arbiterId),
        };
        return vouchOf(voucherId, subjectId, words, moment);
      });
    },
    vouchers: (parameters) => walk("subject", parameters),
    vouchesBy: (parameters) => walk("voucher", parameters),
  };
}

function profileOf(id: number, { words, ownerEntry, moment }: FoundIdentity) {
  const identity = identityOf(id, words, ownerEntry, moment);
  return { ...identity, ...standingOf(words, moment), ...supportOf(words, moment), block: moment.block };
}

function requireId(id: number, argument: string): void {
  if (!Number.isSafeInteger(id) || id < 1) throw new InvalidIdError({ id, argument });
}

function requireAddress(address: Address): Address {
  if (typeof address !== "string" || !isAddress(address)) throw new InvalidAddressError({ address: String(address) });
  return lower(address);
}
