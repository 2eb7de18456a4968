// Dated events as rows. What an event says is kept as JSON, so that people can read it in SQL.
import type { EventContent, TenureEvent } from "@tenure/sdk";
import { getAddress } from "viem";
import type { Columns, Row, Value } from "../../database/index.ts";
import { bytesOfHex, hexOf } from "../words/bytes.ts";

/** The columns of an event besides chain and number in the order of what was told. */
export const eventColumns: Columns = {
  number: "bigint",
  log_index: "bigint",
  block_hash: "bytea",
  timestamp: "bigint",
  transaction_hash: "bytea",
  registry: "bytea",
  name: "text",
  content: "text",
  id: "bigint",
  other: "bigint",
};

/** What marks a large number in JSON, which has none. */
const LARGE = "$bigint";

export function rowOfEvent(event: TenureEvent): Value[] {
  const { registry, blockNumber, blockHash, timestamp, transactionHash, logIndex, eventName, ...content } = event;
  return [
    blockNumber,
    logIndex,
    bytesOfHex(blockHash),
    timestamp,
    bytesOfHex(transactionHash),
    bytesOfHex(registry),
    eventName,
    JSON.stringify(content, pack),
    ...whomOf(event),
  ];
}

export function eventOfRow(row: Row): TenureEvent {
  const content = JSON.parse(row.content as string, unpack) as object;
  return {
    eventName: row.name,
    ...restored(content),
    registry: getAddress(hexOf(row.registry as Uint8Array)),
    blockNumber: BigInt(row.number as number),
    blockHash: hexOf(row.block_hash as Uint8Array),
    transactionHash: hexOf(row.transaction_hash as Uint8Array),
    logIndex: row.log_index as number,
    timestamp: row.timestamp as number,
  } as unknown as TenureEvent & EventContent;
}

/** The identities that an event is about. */
function whomOf(event: TenureEvent): [number | null, number | null] {
  if ("voucherId" in event) return [event.voucherId, event.subjectId];
  return ["id" in event ? event.id : null, null];
}

function pack(_: string, value: unknown): unknown {
  if (typeof value === "bigint") return { [LARGE]: `${value}` };
  return value === undefined ? null : value;
}

function unpack(_: string, value: unknown): unknown {
  const isLarge = typeof value === "object" && value !== null && LARGE in value;
  return isLarge ? BigInt(value[LARGE] as string) : value;
}

/** What is not there is undefined in an event, and null in JSON, in it and in its edge. */
function restored(content: object): object {
  const entries = Object.entries(content).map(([name, value]: [string, unknown]): [string, unknown] => {
    if (value === null) return [name, undefined];
    return [name, typeof value === "object" && !Array.isArray(value) ? restored(value) : value];
  });
  return Object.fromEntries(entries);
}
