import { writeFile } from "node:fs/promises";
import { cpus } from "node:os";
import type { Rate } from "./meter.ts";
import type { StoreRate } from "./stores.ts";

/** What was measured. */
export interface Measured {
  accounts: readonly Rate[];
  sessions: readonly Rate[];
  signing: readonly Rate[];
  stores: readonly StoreRate[];
}

/** How many times as fast as with viem's recovery a request of an account is verified. */
export const RECOVERY_GOAL = 4.5;

/** Requests of a session that are verified in a second of one core. */
export const SESSION_GOAL = 4_000;

/** Microseconds that a session's signature may add to a request. */
export const SIGNING_GOAL = 300;

const perSecond = ({ cpu }: Rate) => 1e6 / cpu;

const whole = (value: number) => Math.round(value).toLocaleString("en-US");

function rows(rates: readonly Rate[]): string {
  return rates.map((one) => `| ${one.way} | ${whole(one.cpu)} | ${whole(perSecond(one))} |`).join("\n");
}

function timesFaster({ accounts: [fast, viem] }: Measured): number {
  return fast && viem ? viem.cpu / fast.cpu : 0;
}

/** What misses its goal, in words. Times are those of the machine and fail nothing; that one nonce passes once, does. */
export function missedByTime(measured: Measured): string[] {
  const missed: string[] = [];
  const times = timesFaster(measured);
  if (times < RECOVERY_GOAL)
    missed.push(`fastRecover: ${times.toFixed(1)} times viem's, but ${RECOVERY_GOAL} were the goal`);
  for (const one of measured.sessions) {
    const count = perSecond(one);
    if (count < SESSION_GOAL) missed.push(`${one.way}: ${whole(count)} a second, but ${SESSION_GOAL} were the goal`);
  }
  for (const { way, cpu } of measured.signing.filter((one) => one.way.startsWith("a session"))) {
    if (cpu > SIGNING_GOAL) missed.push(`${way}: ${whole(cpu)} µs, but at most ${SIGNING_GOAL} were the goal`);
  }
  return missed;
}

/** Stores in which not exactly one of 10,000 uses of one nonce passed. */
export function leakingStores({ stores }: Measured): string[] {
  return stores
    .filter(({ passed }) => passed !== 1)
    .map(({ store, passed }) => `${store}: ${passed} of 10,000 requests with one nonce passed`);
}

function markdown(measured: Measured): string {
  const { accounts, sessions, signing, stores } = measured;
  return `# Signed requests

Written by \`npm run bench\`, on Node ${process.versions.node} and ${cpus()[0]?.model ?? "an unknown processor"}; all ways in one
run. The figures are CPU of one process, user's and kernel's, the best of five rounds; they are those of the machine, and never
fail a run. No node is asked, and nothing is sent: what the network takes is not measured.

Goals, told of by a run that misses them: a request that an account signed is verified ${RECOVERY_GOAL} times as fast as with viem's
recovery (here ${timesFaster(measured).toFixed(1)} times), ${SESSION_GOAL.toLocaleString("en-US")} requests of a session in a second of one core, and a session's
signature adds at most ${SIGNING_GOAL} µs to a request. That exactly one of 10,000 requests with one nonce passes is a goal that fails
the run.

| a request signed by an account, verified | µs of CPU | a second |
| --- | ---: | ---: |
${rows(accounts)}

\`@slicekit/erc8128\` speaks the draft's former revision, and \`http-message-signatures\` RFC 9421 alone: neither has the limits,
the order of checks and the codes of today's draft.

| a request of a sub-agent, verified from its fields to the decision | µs of CPU | a second |
| --- | ---: | ---: |
${rows(sessions)}

Two grants that were seen before, their statuses and the root's identity in memory, a permission demanded, a decision, a nonce
used up.

| what a signature adds to a \`fetch\` | µs of CPU | a second |
| --- | ---: | ---: |
${rows(signing)}

| nonces | used up in a second, 32 at once | of 10,000 times the same at once, passed |
| --- | ---: | ---: |
${stores.map(({ store, perSecond: rate, passed }) => `| ${store} | ${whole(rate)} | ${passed} |`).join("\n")}
`;
}

/** Writes `http-auth.md` into a folder, and answers it. */
export async function writeAuth(measured: Measured, folder: URL): Promise<string> {
  const text = markdown(measured);
  await writeFile(new URL("http-auth.md", folder), text);
  return text;
}
