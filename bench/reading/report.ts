import { readFile, writeFile } from "node:fs/promises";
import { BUNDLE_GOAL, type Bundle } from "./bundle.ts";
import { COUNT, type Reading } from "./profiles.ts";

const kilobytes = (bytes: number) => (bytes / 1_000).toFixed(1);

/** What is the same in every run. The times are not, so they alone never change the committed files. */
function lasting(bundles: readonly Bundle[], readings: readonly Reading[]): string {
  const sizes = bundles.map(({ program, size }) => ({ program, kilobytes: kilobytes(size) }));
  return `${JSON.stringify({ sizes, readings: readings.map(({ way, requests }) => ({ way, requests })) }, undefined, 2)}\n`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const pad = (cell: string, column: number) =>
    column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  const line = (cells: readonly string[]) => `| ${cells.map(pad).join(" | ")} |`;
  const rule = `| ${widths.map((width, column) => `${"-".repeat(width - 1)}${column === 0 ? "-" : ":"}`).join(" | ")} |`;
  return [line(header), rule, ...rows.map(line)].join("\n");
}

export function readingMarkdown(bundles: readonly Bundle[], readings: readonly Reading[]): string {
  const best = Math.min(...readings.map(({ milliseconds }) => milliseconds));
  return [
    table(
      [`${COUNT.toLocaleString("en-US")} profiles`, "requests", "ms", "times the fastest"],
      readings.map(({ way, requests, milliseconds }) => [
        way,
        requests.toLocaleString("en-US"),
        milliseconds.toFixed(0),
        (milliseconds / best).toFixed(1),
      ]),
    ),
    "",
    table(
      ["a program for a browser", "kB", "added"],
      bundles.map(({ program, size, added }) => [
        program,
        kilobytes(size),
        added === undefined ? "" : kilobytes(added),
      ]),
    ),
  ].join("\n");
}

/** Writes the committed table, where more than its times has changed. */
export async function writeReading(bundles: readonly Bundle[], readings: readonly Reading[], folder: URL) {
  const figures = lasting(bundles, readings);
  const known = await readFile(new URL("reading.json", folder), "utf8").catch(() => "");
  if (known === figures) return;
  const text = [
    "# Reading",
    "",
    "Written by `npm run bench`, where requests or sizes have changed; the times are those of the machine and the run that",
    "wrote it, all ways in one run against one node of Hardhat, and never fail a run. Programs are bundled by esbuild,",
    `minified and compressed; \`getProfile\` may add ${kilobytes(BUNDLE_GOAL)} kB to viem's public client.`,
    "",
    readingMarkdown(bundles, readings),
    "",
  ].join("\n");
  await writeFile(new URL("reading.md", folder), text);
  await writeFile(new URL("reading.json", folder), figures);
}
