import type { Hex } from "viem";
import type { AnyClient } from "../types/client.ts";
import type { LogFilter } from "./filters.ts";
import type { Header } from "./header.ts";
import { type RawLog, readLogs } from "./logs.ts";
import { newestHeaders } from "./newestHeaders.ts";
import { REACH, readRecent, timesOf } from "./recent.ts";
import type { Stride } from "./stride.ts";

/** What one range held. */
type Found = {
  logs: RawLog[];
  /** The times of blocks that are known, by their hashes. */
  times: Map<Hex, number>;
  /** The block that comes after the range. */
  next: bigint;
};

/**
 * Reads the logs of a range of blocks in order, in as many requests as a node wants, and proves of the newest that nothing
 * is missing.
 *
 * @param head - The newest block there is; `to` is no newer.
 */
export async function* scan(
  client: AnyClient,
  filters: readonly LogFilter[],
  { from, to, head, stride }: { from: bigint; to: bigint; head: Header; stride: Stride },
): AsyncGenerator<Found, void, undefined> {
  const settled = head.number - BigInt(REACH);
  const bulk = (first: bigint, last: bigint) =>
    inStrides(stride, first, last, (start, end) => readLogs(client, filters, { fromBlock: start, toBlock: end }));
  const first = to < settled ? to + 1n : settled + 1n;
  yield* bulk(from, first - 1n);
  if (first > to) return;
  // Read last, so that as few blocks as can be have come since.
  const start = from > first ? from : first;
  const headers = await newestHeaders(client, { from: start, to, head });
  const oldest = headers[0]?.number ?? to + 1n;
  yield* bulk(start, oldest - 1n);
  const part = (first: bigint, last: bigint) => headers.slice(Number(first - oldest), Number(last - oldest) + 1);
  for await (const found of inStrides(stride, oldest, to, (s, end) => readRecent(client, filters, part(s, end)))) {
    yield { ...found, times: timesOf(headers) };
  }
}

/** Reads a range in steps as large as the node accepts. */
async function* inStrides(
  stride: Stride,
  from: bigint,
  to: bigint,
  read: (from: bigint, to: bigint) => ReturnType<typeof readLogs>,
): AsyncGenerator<Found, void, undefined> {
  for (let next = from; next <= to; ) {
    const end = stride.end(next, to);
    const found = await read(next, end);
    if ("error" in found) {
      if (!stride.refuse(next, end)) throw found.error;
      continue;
    }
    stride.accept(next, end, found.answer.length);
    next = end + 1n;
    yield { logs: found.answer, times: new Map(), next };
  }
}
