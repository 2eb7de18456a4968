import { mkdir, rm } from "node:fs/promises";
import { LogDamagedError, LogPlaceError } from "../errors.ts";
import { leafHash } from "../merkle/hash.ts";
import type { LogStore } from "../store.ts";
import { type Cut, cutTail } from "./cutTail.ts";
import { segmentFiles } from "./fileReader.ts";
import { lockFolder } from "./folderLock.ts";
import { readFormat, writeFormat } from "./format.ts";
import { layout, listSegments } from "./layout.ts";
import { openSegment } from "./openSegment.ts";
import { openRoots } from "./segmentRoots.ts";
import { syncFolder } from "./syncFolder.ts";
import { writeAt } from "./writeAt.ts";

/** Where a log lies, and how. */
export interface FileStoreParameters {
  /** A folder of its own; made where it is not there. */
  readonly folder: string;
  /** Lines of a segment, as a power of two: 14 where left out. A log keeps what it was begun with. */
  readonly segmentHeight?: number | undefined;
}

/** A log in files. */
export interface FileStore extends LogStore {
  /** What was cut away when it was opened. */
  readonly cut: Cut | undefined;
}

/**
 * Opens a log in files that only grow, for one process that writes.
 *
 * @throws {LogInUseError} Another process writes to it.
 * @throws {LogDamagedError} The newest segment is not what was written.
 */
export async function openFileStore({ folder, segmentHeight = 14 }: FileStoreParameters): Promise<FileStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const unlock = lockFolder(folder);
  try {
    return await openLocked(folder, segmentHeight, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

async function openLocked(folder: string, wantedHeight: number, unlock: () => void): Promise<FileStore> {
  const known = await readFormat(folder);
  if (known === undefined) await writeFormat(folder, wantedHeight);
  const height = known ?? wantedHeight;
  const capacity = 2 ** height;
  const { roots, note } = await openRoots(folder);

  const there = await listSegments(folder);
  const newest = there.at(-1) ?? roots.length;
  if (
    newest > roots.length ||
    (there.length === 0 && newest > 0) ||
    there.some((segment, index) => segment !== newest - there.length + 1 + index)
  ) {
    throw new LogDamagedError(folder, `there are segments ${there.join(", ")} and roots of ${roots.length}.`);
  }
  let active = await openSegment(folder, newest, capacity, roots[newest - 1]?.last ?? new Uint8Array(32));
  let first = (there[0] ?? newest) * capacity;
  const cut = await cutTail(folder, active.handle, active.length, newest * capacity + active.tree.size).catch(
    async (error: unknown) => {
      await active.handle.close();
      throw error;
    },
  );
  let isTorn = false;

  /** Notes the root of the segment that is full, and begins the next. Each step can be done again where it failed. */
  const roll = async () => {
    const { segment, tree, last, handle } = active;
    if (roots[segment] === undefined) await note({ root: tree.node(height, 0), last });
    active = await openSegment(folder, segment + 1, capacity, last);
    await handle.close();
  };

  /** Takes away what was written and not flushed: none of it was told. */
  const mend = async () => {
    if (!isTorn) return;
    await active.handle.truncate(active.length);
    await active.handle.datasync();
    isTorn = false;
  };

  const appendNow: LogStore["append"] = async (make) => {
    await mend();
    if (active.tree.size === capacity) await roll();
    const { segment, handle, tree, last, length } = active;
    const lines = make({ size: segment * capacity + tree.size, previous: last, room: capacity - tree.size });
    const bytes = Buffer.concat(lines.flatMap((line) => [line, Buffer.of(10)]));
    isTorn = true;
    try {
      await writeAt(handle, bytes, length);
      await handle.datasync();
    } catch (error) {
      // Where this fails too, it is tried again before the next line.
      await mend().catch(() => {});
      throw error;
    }
    isTorn = false;
    for (const line of lines) {
      active.last = leafHash(line);
      tree.push(active.last);
    }
    active.length += bytes.length;
  };

  let running: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const turn = running.then(work);
    running = turn.catch(() => {});
    return turn;
  };

  const files = segmentFiles(folder, height, (segment) => (segment === active.segment ? active.length : undefined));
  return {
    cut,
    segmentHeight: height,
    extent: async () => ({ first, size: active.segment * capacity + active.tree.size }),
    ...files,
    leaves: async (segment) => (segment === active.segment ? active.tree.leaves() : files.leaves(segment)),
    segmentRoot: async (segment) => {
      const root = roots[segment]?.root;
      if (root !== undefined) return root;
      if (segment === active.segment && active.tree.size === capacity) return active.tree.node(height, 0);
      throw new LogPlaceError(`Segment ${segment} of the log in ${folder} is not whole yet.`);
    },
    append: (make) => inTurn(() => appendNow(make)),
    removeBefore: async (place) => {
      await inTurn(async () => {
        for (const segment of await listSegments(folder)) {
          if ((segment + 1) * capacity > place || segment >= active.segment) break;
          await rm(layout.segment(folder, segment));
          first = (segment + 1) * capacity;
        }
        await syncFolder(folder);
      });
      return first;
    },
    close: () =>
      inTurn(async () => {
        await mend().catch(() => {});
        await active.handle.close();
        unlock();
      }),
  };
}
