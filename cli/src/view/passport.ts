// A profile as a small passport.
import {
  type DeploymentParameters,
  formatCount,
  formatDuration,
  formatHex,
  type PeriodClock,
  type Profile,
  periodEnd,
  type Status,
  type Vouch,
} from "@tenure/sdk";
import Table from "cli-table3";
import { bar } from "./bar.ts";
import { colors } from "./colors.ts";
import { moment } from "./text.ts";
import { outputWidth } from "./width.ts";

const LABEL = 12;
const BAR = 24;

const statusColors: Record<Status, (text: string) => string> = {
  active: colors.green,
  suspended: colors.yellow,
  retired: colors.dim,
  unknown: colors.dim,
};

/** Draws it, as wide as the terminal allows and no wider than it reads well. */
export function passport(profile: Profile, newest: readonly Vouch[], clock: DeploymentParameters, now: number): string {
  const width = Math.min(76, outputWidth() - 2);
  const parts = [
    header(profile, width - 2),
    keys(profile, now),
    times(profile, now),
    points(profile, clock, now),
    vouches(newest, clock),
  ];
  const card = new Table({
    colWidths: [width],
    style: { head: [], border: [], compact: true },
    chars: {
      ...{ "top-left": "╭", "top-right": "╮", "bottom-left": "╰", "bottom-right": "╯" },
      ...{ "left-mid": "├", "right-mid": "┤" },
    },
  });
  card.push([
    parts
      .filter((part) => part.length > 0)
      .map((part) => part.join("\n"))
      .join("\n\n"),
  ]);
  return card.toString();
}

function header({ id, status, role, key }: Profile, width: number): string[] {
  const title = `TENURE  identity ${id}`;
  const state = `● ${status}`;
  const line = `${colors.bold(title)}${" ".repeat(Math.max(1, width - title.length - state.length))}${statusColors[status](state)}`;
  if (role !== "former") return [line];
  return [line, colors.red(`${formatHex(key)} is a FORMER key of it: it speaks for nobody.`)];
}

function keys(profile: Profile, now: number): string[] {
  const { owner, wallet, guardian, keyEpoch, keySince, pending, status, isArbiter } = profile;
  const lines = [row("owner", owner ?? "none")];
  if (profile.ownerKind === "unproven") {
    lines.push(row("", colors.yellow("not proven to be a key: whoever holds it may change unseen")));
  }
  if (profile.isDelegated) lines.push(row("", colors.yellow("a key that delegates to code (EIP-7702)")));
  if (wallet !== undefined && wallet !== owner) lines.push(row("wallet", wallet));
  if (guardian !== undefined) lines.push(row("guardian", guardian));
  if (status !== "retired") {
    const since = `${formatDuration(now - keySince)} old`;
    lines.push(
      row("key", keyEpoch === 0 ? `the first, ${since}` : `changed ${formatCount(keyEpoch, "time")}, ${since}`),
    );
  }
  if (isArbiter) lines.push(row("arbiter", "agrees to be named by vouches and warnings"));
  if (pending !== undefined) {
    const whom = pending.candidate === undefined ? "" : ` to ${formatHex(pending.candidate)}`;
    lines.push(row("pending", colors.yellow(`${pending.kind}${whom} from ${moment(pending.readyAt)} UTC`)));
  }
  return lines;
}

function times({ firstSeen, lastSeen, tenure }: Profile, now: number): string[] {
  const age = now - firstSeen;
  const share = age <= 0 ? 100 : Math.min(100, Math.floor((tenure / age) * 100));
  return [
    row("age", `${colors.blue(bar(age, age, BAR))} ${formatDuration(age)}, since ${moment(firstSeen)}`),
    row("tenure", `${colors.cyan(bar(tenure, age, BAR))} ${formatDuration(tenure)}, ${share} % witnessed`),
    row("last seen", `${formatDuration(Math.max(0, now - lastSeen))} ago`),
  ];
}

function points(profile: Profile, clock: DeploymentParameters, now: number): string[] {
  const { cap } = clock;
  const { standing, free, staked, burned, scars, support, opposition } = profile;
  const most = Math.max(support, opposition);
  const lines = [
    row(
      "standing",
      `${colors.cyan(bar(standing, cap, BAR))} ${formatCount(standing, "point")} (${free} free, ${staked} staked)`,
    ),
    row("support", `${colors.green(bar(support, most, BAR))} ${formatCount(support, "point")}`),
    row("opposition", `${colors.red(bar(opposition, most, BAR))} ${formatCount(opposition, "point")}`),
  ];
  if (profile.status === "active") lines.push(row("check-in", earnable(profile, clock, now)));
  if (burned > 0)
    lines.push(row("burned", colors.red(`${formatCount(burned, "point")}, ${formatCount(scars, "scar")}`)));
  return lines;
}

/** What a check-in now would earn, as the registries count it. */
function earnable({ tenure, lastSeen }: Profile, { maxSilence, unit, cap }: DeploymentParameters, now: number): string {
  const credit = Math.min(Math.max(0, now - lastSeen), maxSilence);
  const earned = (seconds: number) => Math.min(Math.floor(seconds / unit), cap);
  return `now would earn ${formatCount(earned(tenure + credit) - earned(tenure), "point")} (${formatDuration(credit)} of tenure)`;
}

function vouches(newest: readonly Vouch[], clock: PeriodClock): string[] {
  return newest.map((vouch, index) => {
    const { voucherId, stance, stake, state, endPeriod, isActive } = vouch;
    const sign = stance === "against" ? "▼ warned by" : "▲ vouched by";
    const fate = isActive ? `until ${moment(periodEnd(endPeriod, clock))}` : state;
    const line = `${sign} ${voucherId}: ${formatCount(stake, "point")}, ${fate}`;
    const color = !isActive ? colors.dim : stance === "against" ? colors.red : colors.green;
    return row(index === 0 ? "newest" : "", color(line));
  });
}

function row(label: string, text: string): string {
  return `${colors.dim(label.padEnd(LABEL))}${text}`;
}
