import { readFile, writeFile } from "node:fs/promises";
import { BUNDLE_GOAL, type Bundle } from "./bundle.ts";
import { AT_ONCE, CHECKS } from "./checks.ts";
import { EDGES, IDENTITIES, VOUCHES } from "./crowd.ts";
import { EVENTS } from "./edges.ts";
import { FOLLOWING_GOAL, type Following, ownOf } from "./following.ts";
import type { Reading } from "./meter.ts";
import { BEST, COUNT, NAIVE, PROFILES_GOAL } from "./profiles.ts";
import type { Readings } from "./run.ts";

const kilobytes = (bytes: number) => (bytes / 1_000).toFixed(1);

const thousands = (count: number) => count.toLocaleString("en-US");

/** What is the same in every run, and everywhere. The times are not, so they alone never change the committed files. */
function lasting(bundles: readonly Bundle[], measured: readonly Readings[]): string {
  const sizes = bundles.map(({ program, size }) => ({ program, kilobytes: kilobytes(size) }));
  const readings = measured.slice(0, 1).flatMap(({ profiles, edges, checks }) => [...profiles, ...edges, ...checks]);
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

/** Where it is told how many of something each way read, also how many of them a second. */
function readingTable(title: string, readings: readonly Reading[], count?: number): string {
  const best = Math.min(...readings.map(({ milliseconds }) => milliseconds));
  return table(
    [title, "requests", "largest, kB", "answer, kB", "ms", "times the fastest", ...(count ? ["a second"] : [])],
    readings.map(({ way, requests, sent, received, milliseconds }) => [
      way,
      thousands(requests),
      thousands(sent),
      thousands(received),
      milliseconds.toFixed(0),
      (milliseconds / best).toFixed(1),
      ...(count ? [thousands(Math.round((count / milliseconds) * 1_000))] : []),
    ]),
  );
}

function followingTable(followings: readonly Following[]): string {
  const own = ownOf(followings);
  return table(
    [`${thousands(EVENTS)} events, decoded`, "µs of CPU each", "besides asking"],
    followings.map(({ way, cpu }) => [way, cpu.toFixed(0), (own.get(way) ?? 0).toFixed(0)]),
  );
}

/** What of the times misses its goal, in words: they are those of the machine, and never fail a run. */
export function slowReadings(measured: readonly Readings[]): string[] {
  return measured.flatMap(({ node, profiles, following }) => {
    const missed: string[] = [];
    const own = ownOf(following).get("watchEvents") ?? 0;
    if (own > FOLLOWING_GOAL)
      missed.push(`${node}: an event takes ${own.toFixed(0)} µs, ${FOLLOWING_GOAL} were the goal`);
    const time = (wanted: string) => profiles.find(({ way }) => way === wanted)?.milliseconds ?? 0;
    const times = time(NAIVE) / time(BEST);
    if (node === "anvil" && times < PROFILES_GOAL) {
      missed.push(`${node}: getProfiles is ${times.toFixed(0)} times faster, ${PROFILES_GOAL} were the goal`);
    }
    return missed;
  });
}

/** What a committed page says of a node: from its heading to the next one. */
export function sectionOf(page: string, node: string): string | undefined {
  const sections = page.split(/^(?=## )/m);
  return sections.find((section) => section.startsWith(`## ${node}\n`))?.trimEnd();
}

function sectionFor({ node, profiles, edges, checks, following }: Readings): string {
  const tables = [
    readingTable(`${thousands(COUNT)} profiles`, profiles),
    readingTable(`${thousands(EDGES)} vouches for one identity`, edges),
    readingTable(`${thousands(CHECKS)} checks with three anchors, ${AT_ONCE} at once`, checks, CHECKS),
    followingTable(following),
  ];
  return [`## ${node}`, ...tables].join("\n\n");
}

/** Of a node that was not measured, what the page said that is there already. */
export function readingMarkdown(
  bundles: readonly Bundle[],
  measured: readonly Readings[],
  nodes: readonly string[],
  page: string,
): string {
  const sections = nodes.map((name) => {
    const readings = measured.find(({ node }) => node === name);
    return readings === undefined ? sectionOf(page, name) : sectionFor(readings);
  });
  return [
    ...sections.filter((section) => section !== undefined),
    "## Weight",
    table(
      ["a program for a browser", "kB", "added"],
      bundles.map(({ program, size, added }) => [
        program,
        kilobytes(size),
        added === undefined ? "" : kilobytes(added),
      ]),
    ),
  ].join("\n\n");
}

/** Writes the committed table, where more than its times has changed, and answers its tables. */
export async function writeReading(
  bundles: readonly Bundle[],
  measured: readonly Readings[],
  nodes: readonly string[],
  folder: URL,
): Promise<string> {
  const figures = lasting(bundles, measured);
  const [known, page] = await Promise.all(
    ["reading.json", "reading.md"].map((name) => readFile(new URL(name, folder), "utf8").catch(() => "")),
  );
  const tables = readingMarkdown(bundles, measured, nodes, page ?? "");
  if (known === figures) return tables;
  const text = [
    "# Reading",
    "",
    `A chain with ${thousands(IDENTITIES)} identities and ${thousands(VOUCHES)} vouches, read over HTTP. Written by \`npm run bench\`, where`,
    "requests or sizes have changed; the times are those of the machine and the run that wrote it, all ways in one run, and",
    "never fail a run. Hardhat's node gives a call no more gas than a transaction may have, so that it takes four calls,",
    `side by side, what takes one elsewhere. Programs are bundled by esbuild, minified and compressed; \`getProfile\` may add`,
    `${kilobytes(BUNDLE_GOAL)} kB to viem's public client.`,
    "",
    `Goals, told of by a run that misses them: an event takes at most ${FOLLOWING_GOAL} µs of CPU besides asking, and \`getProfiles\``,
    `is ${PROFILES_GOAL} times as fast as three views of each, one by one, on anvil. The CPU is that of a process of its own, user's and`,
    "kernel's, from its first request to its last event: loading is not counted, and what it takes to ask for the same logs,",
    "50 blocks at once, and to parse the answers is the row above it.",
    "",
    tables,
    "",
  ].join("\n");
  await writeFile(new URL("reading.md", folder), text);
  await writeFile(new URL("reading.json", folder), figures);
  return tables;
}
