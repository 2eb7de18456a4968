import { checkRequirement, formatDuration, type Requirement, reasonWords, type UnmetFact } from "@tenure/sdk";
import type { Command } from "commander";
import { Context } from "../context.ts";
import { parseAmount, parseDuration, parseIds, parseTarget, type Target } from "../parse/values.ts";
import { answer } from "../status.ts";
import { colors } from "../view/colors.ts";
import { waiting } from "../view/progress.ts";
import { table } from "../view/table.ts";

export function addCheck(program: Command): void {
  program
    .command("check")
    .description("judge it by a requirement, as TrustGate does; status 1 where it is not met")
    .argument("<target>", "number or address", parseTarget)
    .option("--min-age <span>", "since it was registered", parseDuration)
    .option("--min-tenure <span>", "witnessed time", parseDuration)
    .option("--min-key-age <span>", "since its key took over", parseDuration)
    .option("--max-silence <span>", "since it last checked in", parseDuration)
    .option("--min-support <points>", "staked for it", parseAmount)
    .option("--opposition-limit <points>", "refused from so many staked against it on", parseAmount)
    .option("--anchors <ids>", "identities that you trust: 1,7,12", parseIds)
    .option("--min-anchors <n>", "how many of them vouch for it (1 with --anchors)", parseAmount)
    .option("--min-anchor-stake <points>", "from which on what an anchor staked counts", parseAmount)
    .option("--anchor-warning-limit <n>", "refused where so many of them warn about it", parseAmount)
    .option("--key-owned", "refused where its owner was not proven to be a key")
    .action(async (target: Target, options: Requirement, command: Command) => {
      const context = new Context(command);
      const client = await context.read();
      const requirement = { ...options, minAnchors: options.minAnchors ?? (options.anchors ? 1 : undefined) };
      const result = await waiting("Judging", checkRequirement(client, { requirement, ...target }));
      const { isMet, unmet, profile, time } = result;
      const whom = target.address ?? `Identity ${profile.id}`;
      context.print({ isMet, unmet, time, id: profile.status === "unknown" ? null : profile.id }, text(whom, unmet));
      answer(isMet);
    });
}

function text(whom: string, unmet: readonly UnmetFact[]): string {
  if (unmet.length === 0) return `${colors().green("✓")} ${whom} meets it.`;
  const rows = unmet.map((fact) => [
    fact.reason,
    amount(fact, "actual"),
    amount(fact, "demanded"),
    reasonWords[fact.reason],
  ]);
  const columns = [
    { title: "reason" },
    { title: "is", align: "right" },
    { title: "demanded", align: "right" },
    { title: "in words", isFlexible: true },
  ] as const;
  return `${colors().red("✗")} ${whom} does not meet it.\n\n${table(columns, rows)}`;
}

const times = new Set(["age", "tenure", "keyAge", "silence"]);

function amount(fact: UnmetFact, which: "actual" | "demanded"): string {
  const value = fact[which];
  if (value === undefined) return "–";
  return times.has(fact.reason) ? formatDuration(value) : String(value);
}
