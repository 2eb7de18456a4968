import { decodeLine } from "../decodeLine.ts";
import { LogError, LogPlaceError } from "../errors.ts";
import { leafHash } from "../merkle/hash.ts";
import type { LogReader } from "../store.ts";
import { readFormat } from "./format.ts";
import { holds } from "./holds.ts";
import { layout, listSegments } from "./layout.ts";
import { readSegment } from "./readSegment.ts";
import { readRoots } from "./segmentRoots.ts";

/** Reads the lines that lie in the files of a folder, up to `end(segment)` bytes where that is known. */
export function segmentFiles(folder: string, height: number, end: (segment: number) => number | undefined) {
  const lines = async function* (from: number, to = Number.POSITIVE_INFINITY): AsyncGenerator<Uint8Array> {
    for (const segment of await listSegments(folder)) {
      const first = segment * 2 ** height;
      if (first + 2 ** height <= from || first >= to) continue;
      let place = first;
      for await (const { raw, isEnded } of readSegment(layout.segment(folder, segment), end(segment))) {
        if (isEnded && place >= from && place < to) yield raw;
        place++;
      }
    }
  };
  const leaves = async (segment: number): Promise<Uint8Array> => {
    const hashes: Uint8Array[] = [];
    for await (const { raw, isEnded } of readSegment(layout.segment(folder, segment), end(segment))) {
      if (isEnded) hashes.push(leafHash(raw));
    }
    return Buffer.concat(hashes);
  };
  const placeOf = async (id: string): Promise<number | undefined> => {
    // Whom it is about may be called the same: a line that has these bytes is read to be sure.
    const bytes = Buffer.from(`"id":${JSON.stringify(id)}`);
    // Who asks, asks of something recent.
    for (const segment of (await listSegments(folder)).reverse()) {
      if (!(await holds(layout.segment(folder, segment), bytes, end(segment)))) continue;
      for await (const { raw, isEnded } of readSegment(layout.segment(folder, segment), end(segment))) {
        if (!isEnded || !Buffer.from(raw.buffer, raw.byteOffset, raw.length).includes(bytes)) continue;
        const line = decodeLine(raw);
        if (line?.kind === "decision" && line.id === id) return line.n;
      }
    }
    return undefined;
  };
  return { lines, leaves, placeOf };
}

/**
 * Opens the log in a folder for reading alone, also while another process writes to it: what is behind the last whole line is
 * left out, and nothing is changed.
 */
export async function openFileReader(folder: string): Promise<LogReader> {
  const height = await readFormat(folder);
  if (height === undefined) throw new LogError(`There is no log in ${folder}.`);
  const files = segmentFiles(folder, height, () => undefined);
  const extent = async () => {
    const segments = await listSegments(folder);
    const [oldest, newest] = [segments[0] ?? 0, segments.at(-1) ?? 0];
    let size = newest * 2 ** height;
    if (segments.length > 0) {
      for await (const { isEnded } of readSegment(layout.segment(folder, newest))) if (isEnded) size++;
    }
    return { first: oldest * 2 ** height, size };
  };
  return {
    segmentHeight: height,
    extent,
    ...files,
    segmentRoot: async (segment) => {
      const { roots } = await readRoots(folder);
      const known = roots[segment];
      if (known === undefined) throw new LogPlaceError(`Segment ${segment} of the log in ${folder} is not whole yet.`);
      return known.root;
    },
    close: async () => {},
  };
}
