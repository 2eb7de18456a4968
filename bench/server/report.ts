import { writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import type { Rate } from "../http-auth/meter.ts";
import { WARM_GOAL } from "./decisions.ts";
import { type HttpRate, isCerbosInstalled } from "./overHttp.ts";

/** What was measured. */
export interface MeasuredServer {
  readonly decisions: readonly Rate[];
  readonly http: readonly HttpRate[];
}

/** How many times as many decisions a second as Cerbos, over HTTP. */
export const CERBOS_GOAL = 1.5;

/** How many times as many decisions a second where fifty come in one request. */
export const BATCH_GOAL = 5;

const whole = (value: number) => Math.round(value).toLocaleString("en-US");

function ratios({ http }: MeasuredServer): { cerbos: number | undefined; batch: number } {
  const [before, , batch, cerbos] = http.map(({ perSecond }) => perSecond);
  if (before === undefined || batch === undefined) throw new RangeError("Nothing was measured.");
  return { cerbos: cerbos === undefined ? undefined : before / cerbos, batch: batch / before };
}

/** What misses its goal, in words. Times are those of the machine, and fail nothing. */
export function missedByServer(measured: MeasuredServer): string[] {
  const [warm] = measured.decisions;
  const { cerbos, batch } = ratios(measured);
  return [
    warm !== undefined &&
      1e6 / warm.cpu < WARM_GOAL &&
      `${warm.way}: ${whole(1e6 / warm.cpu)} a second, but ${whole(WARM_GOAL)} were the goal`,
    cerbos !== undefined &&
      cerbos < CERBOS_GOAL &&
      `${cerbos.toFixed(2)} times Cerbos, but ${CERBOS_GOAL} were the goal`,
    batch < BATCH_GOAL && `50 in a request: ${batch.toFixed(1)} times single ones, but ${BATCH_GOAL} were the goal`,
  ].filter((sentence) => sentence !== false);
}

function markdown(measured: MeasuredServer): string {
  const { decisions, http } = measured;
  const { cerbos, batch } = ratios(measured);
  return `# Decisions

Written by \`npm run bench\`, on Node ${process.versions.node} and ${cpus()[0]?.model ?? "an unknown processor"}; all ways in one run. The
figures are those of the machine, and never fail a run.

Goals, told of by a run that misses them: ${whole(WARM_GOAL)} decisions a second of one core that are remembered; over HTTP
${CERBOS_GOAL} times as many as Cerbos with the same rules (here ${cerbos?.toFixed(2)} times); in requests of 50, ${BATCH_GOAL} times as many as
in single ones (here ${batch.toFixed(1)} times: what is decided is written down line by line all the same).

| a decision in process, by the set \`market\` on its floor | µs of CPU | a second |
| --- | ---: | ---: |
${decisions.map(({ way, cpu }) => `| ${way} | ${cpu.toFixed(1)} | ${whole(1e6 / cpu)} |`).join("\n")}

Facts are in memory; there is no log, and no HTTP.

| decisions over HTTP, 32 connections | a second |
| --- | ---: |
${http.map(({ way, perSecond }) => `| ${way} | ${whole(perSecond)} |`).join("\n")}

The client is a process of its own, on the same two cores. Rules: viewers and editors may read, an editor may write what is theirs. Tenure
runs as it is shipped: tokens, AuthZEN, and each decision durable in the log before it is told. Cerbos writes no log of decisions here.
"Asked before" are 1,000 documents; "each new" is another document each time, which Tenure has to ask its policies about.
`;
}

/** Writes the table, unless a tool is lacking: then the one that was committed stays. Returns what was written. */
export async function writeServer(measured: MeasuredServer, folder: URL): Promise<string> {
  if (!isCerbosInstalled()) {
    return "Cerbos is not installed, and bench/server.md stays as it is. To measure beside it: npm run cerbos:install";
  }
  const text = markdown(measured);
  await writeFile(new URL("server.md", folder), text);
  return text;
}
