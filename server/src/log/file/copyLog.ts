import { createReadStream, createWriteStream } from "node:fs";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { LogError } from "../errors.ts";
import { readFormat, writeFormat } from "./format.ts";
import { layout, listSegments } from "./layout.ts";
import { readSegment } from "./readSegment.ts";
import { encodeRoot, readRoots } from "./segmentRoots.ts";

/** Copies the log in a folder to another one, while a process may write to it: as it is at one moment, whole lines alone. */
export async function copyLog(folder: string, to: string): Promise<void> {
  const height = await readFormat(folder);
  if (height === undefined) throw new LogError(`There is no log in ${folder}.`);
  await mkdir(to, { recursive: true, mode: 0o700 });
  await writeFormat(to, height);
  // The roots first: whatever segments come to be whole meanwhile are left out, or copied as the newest.
  const { roots } = await readRoots(folder);
  const text = roots.map((root, segment) => encodeRoot(segment, root)).join("");
  await writeFile(layout.roots(to), text, { mode: 0o600 });
  for (const segment of await listSegments(folder)) {
    if (segment > roots.length) break;
    const [source, target] = [layout.segment(folder, segment), layout.segment(to, segment)];
    if (segment < roots.length) {
      await copyFile(source, target);
      continue;
    }
    let end = 0;
    for await (const { raw, offset, isEnded } of readSegment(source)) if (isEnded) end = offset + raw.length + 1;
    await writeFile(target, "", { mode: 0o600 });
    if (end > 0) await pipeline(createReadStream(source, { end: end - 1 }), createWriteStream(target));
  }
}
