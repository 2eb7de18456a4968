import type { DeploymentParameters, RegistryAddresses } from "@tenure/sdk";
import type { Hex } from "viem";
import type { Queries, Row, Transaction, Value } from "../../database/index.ts";

/** A block that the index is at. */
export interface Cursor {
  readonly number: bigint;
  readonly hash: Hex;
  /** Unix seconds. */
  readonly timestamp: number;
}

/** What is known of the registries of one chain, and how far. */
export interface ChainRow {
  /** The number under which its rows are kept. */
  readonly chain: number;
  readonly chainId: number;
  readonly addresses: RegistryAddresses;
  readonly parameters: DeploymentParameters;
  /** The chain's first block, which tells another chain in its place. */
  readonly genesis: Hex | undefined;
  /** Undefined before the first range. */
  readonly cursor: Cursor | undefined;
  /** Whether everything up to a head was read once since it was begun. */
  readonly isWhole: boolean;
  /** When it was last found to be at the node's head; unix milliseconds. */
  readonly seenAt: number;
  /** The number of the head that the node named last. */
  readonly head: bigint | undefined;
  /** What keeps it from going on. */
  readonly problem: string | undefined;
  /** Why it has to be made anew. */
  readonly rebuild: string | undefined;
  /** The number that the next event, or removal of one, is told under. */
  readonly nextSeq: number;
}

/** The columns of a chain; no other table has one of these names but `chain`. */
export const chainColumns =
  "chain_id, addresses, parameters, genesis, number, hash, timestamp, is_whole, seen_at, head, problem, rebuild, next_seq";

/** Which registries are meant: an identity is (chain, registry, id) everywhere. */
export interface ChainName {
  readonly chainId: number;
  readonly identityRegistry: string;
  readonly vouchRegistry: string;
}

export async function readChainRow(queries: Queries, name: ChainName): Promise<ChainRow | undefined> {
  const row = await queries.get<Row>(
    `select chain, ${chainColumns} from index_chain where chain_id = $1 and identity_registry = $2 and vouch_registry = $3`,
    [name.chainId, name.identityRegistry.toLowerCase(), name.vouchRegistry.toLowerCase()],
  );
  return row === undefined ? undefined : chainOf(row);
}

/** The same, by the number of its rows. */
export async function readChain(queries: Queries, chain: number): Promise<ChainRow> {
  const row = await queries.get<Row>(`select chain, ${chainColumns} from index_chain where chain = $1`, [chain]);
  if (row === undefined) throw new RangeError(`There is no chain ${chain} in the index.`);
  return chainOf(row);
}

/** All chains that are kept. */
export async function readChains(queries: Queries): Promise<ChainRow[]> {
  return (await queries.all<Row>(`select chain, ${chainColumns} from index_chain order by chain`)).map(chainOf);
}

/** Begins a chain, unless it is there; its other addresses may have changed. */
export async function beginChain(
  transaction: Transaction,
  chainId: number,
  addresses: RegistryAddresses,
  parameters: DeploymentParameters,
): Promise<ChainRow> {
  const { identityRegistry, vouchRegistry } = addresses;
  const name = { chainId, identityRegistry, vouchRegistry };
  if ((await readChainRow(transaction, name)) === undefined) {
    const { newest } = (await transaction.get<{ newest: number | null }>(
      "select max(chain) as newest from index_chain",
    )) ?? {
      newest: null,
    };
    await transaction.run(
      `insert into index_chain (chain, chain_id, identity_registry, vouch_registry, addresses, parameters, is_whole, seen_at,
        next_seq) values ($1, $2, $3, $4, $5, $6, 0, 0, 1)`,
      [
        (newest ?? 0) + 1,
        chainId,
        identityRegistry.toLowerCase(),
        vouchRegistry.toLowerCase(),
        JSON.stringify(addresses),
        JSON.stringify(parameters),
      ],
    );
  }
  const row = (await readChainRow(transaction, name)) as ChainRow;
  // Of registries that were deployed with other values, nothing that is kept holds.
  const isSame = JSON.stringify(row.parameters) === JSON.stringify(parameters);
  const rebuild = isSame ? row.rebuild : "The registries have other parameters than before.";
  await changeChain(transaction, row.chain, { addresses, parameters, rebuild });
  return readChain(transaction, row.chain);
}

/** Changes what is said of a chain. */
export async function changeChain(
  transaction: Transaction,
  chain: number,
  changes: Partial<Omit<ChainRow, "chain" | "chainId">>,
): Promise<void> {
  const entries = Object.entries(changes).flatMap(([name, value]): [string, Value][] => {
    if (name !== "cursor") return [[columnOf[name as keyof typeof columnOf], storedOf(value)]];
    const cursor = value as Cursor | undefined;
    return [
      ["number", cursor?.number ?? null],
      ["hash", cursor?.hash ?? null],
      ["timestamp", cursor?.timestamp ?? null],
    ];
  });
  const text = entries.map(([name], place) => `${name} = $${place + 2}`).join(", ");
  await transaction.run(`update index_chain set ${text} where chain = $1`, [
    chain,
    ...entries.map(([, value]) => value),
  ]);
}

const columnOf = {
  addresses: "addresses",
  parameters: "parameters",
  genesis: "genesis",
  isWhole: "is_whole",
  seenAt: "seen_at",
  head: "head",
  problem: "problem",
  rebuild: "rebuild",
  nextSeq: "next_seq",
} as const;

function storedOf(value: unknown): string | number | bigint | null {
  if (value === undefined) return null;
  if (typeof value === "boolean") return value ? 1 : 0;
  return typeof value === "object" ? JSON.stringify(value) : (value as string | number | bigint);
}

/** The row of a chain, of what was selected with {@link chainColumns}. */
export function chainOf(row: Row): ChainRow {
  const number = row.number as number | null;
  return {
    chain: row.chain as number,
    chainId: row.chain_id as number,
    addresses: JSON.parse(row.addresses as string) as RegistryAddresses,
    parameters: JSON.parse(row.parameters as string) as DeploymentParameters,
    genesis: (row.genesis as Hex | null) ?? undefined,
    cursor:
      number === null
        ? undefined
        : { number: BigInt(number), hash: row.hash as Hex, timestamp: row.timestamp as number },
    isWhole: row.is_whole === 1,
    seenAt: row.seen_at as number,
    head: row.head === null ? undefined : BigInt(row.head as number),
    problem: (row.problem as string | null) ?? undefined,
    rebuild: (row.rebuild as string | null) ?? undefined,
    nextSeq: row.next_seq as number,
  };
}
