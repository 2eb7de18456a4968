/**
 * The packed edge that events carry, read and written by the drawing in `contracts/libraries/Edge.sol` alone, so that a
 * change of the layout breaks the tests and not only the readers of old logs.
 */

export const Stance = { None: 0n, For: 1n, Against: 2n } as const;
export const EdgeState = { None: 0n, Live: 1n, Revoked: 2n, Disowned: 3n } as const;

/** Fields from the lowest bit upwards, with their widths. */
const LAYOUT = [
  ["stake", 22n],
  ["since", 40n],
  ["endPeriod", 18n],
  ["releasePeriod", 18n],
  ["stance", 2n],
  ["state", 2n],
  ["subjectKeyEpoch", 8n],
  ["voucherKeyEpoch", 8n],
  ["arbiterId", 40n],
  ["nextVoucher", 40n],
  ["nextSubject", 40n],
  ["refused", 1n],
] as const;

export type Edge = Record<(typeof LAYOUT)[number][0], bigint>;

export function unpackEdge(word: bigint): Edge {
  let rest = word;
  const fields: [string, bigint][] = [];
  for (const [name, width] of LAYOUT) {
    fields.push([name, BigInt.asUintN(Number(width), rest)]);
    rest >>= width;
  }
  if (rest !== 0n) throw new RangeError(`the spare bits of the edge ${word} are not zero`);
  return Object.fromEntries(fields) as Edge;
}

export function packEdge(edge: Edge): bigint {
  let word = 0n;
  let at = 0n;
  for (const [name, width] of LAYOUT) {
    if (edge[name] < 0n || edge[name] >> width !== 0n) throw new RangeError(`${name} does not fit: ${edge[name]}`);
    word |= edge[name] << at;
    at += width;
  }
  return word;
}
