import { BlockNotReachedError } from "../errors/network.ts";
import type { AnyClient } from "../types/client.ts";
import { type Header, requireHeader } from "./header.ts";
import { untilThere } from "./untilThere.ts";

/** At least so many of the newest blocks are looked at one by one, … */
const FEWEST = 16n;

/** … and those of so many seconds: a node that lags behind does so for a time. */
const SPAN = 60;

/** Headers that are asked for at once. */
const AT_ONCE = 8;

/**
 * The headers of the newest blocks of a range, oldest first of one chain: of as many blocks as a node that
 * answers for others may lag behind them.
 */
export async function newestHeaders(
  client: AnyClient,
  { from, to, head }: { from: bigint; to: bigint; head: Header },
): Promise<Header[]> {
  let earlier: Header[] = [];
  const headers = await untilThere(client, async () => {
    const found: Header[] = [];
    const isOld = ({ number, timestamp }: Header) =>
      head.number - number >= FEWEST && head.timestamp - timestamp >= SPAN;
    while ((found[0]?.number ?? to + 1n) > from && !(found[0] && isOld(found[0]))) {
      const top = (found[0]?.number ?? to + 1n) - 1n;
      const count = Math.min(AT_ONCE, Number(top - from) + 1);
      const numbers = Array.from({ length: count }, (_, i) => top - BigInt(count - 1 - i));
      found.unshift(...(await Promise.all(numbers.map((number) => headerAt(client, number, head)))));
    }
    // Otherwise the chain reorganised in between; but blocks that a Hardhat node mined in one go name no parent that is there.
    const isSettled = areLinked(found) || found.every(({ hash }, i) => hash === earlier[i]?.hash);
    earlier = found;
    return isSettled ? found : undefined;
  });
  if (headers === undefined) throw new BlockNotReachedError({ blockNumber: to, head: head.number });
  return headers;
}

async function headerAt(client: AnyClient, number: bigint, head: Header): Promise<Header> {
  return number === head.number ? head : requireHeader(client, number);
}

/** Whether each block is the parent of the next. */
export function areLinked(headers: readonly Header[]): boolean {
  return headers.every(({ parentHash }, i) => i === 0 || parentHash === headers[i - 1]?.hash);
}
