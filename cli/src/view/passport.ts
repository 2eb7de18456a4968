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
} from "@tenure/sdk";
import type { RegistrationPlace } from "../chain/file.ts";
import type { GroundedVouch } from "../chain/grounds.ts";
import { bar } from "./bar.ts";
import { colors } from "./colors.ts";
import { LABEL, line, row } from "./rows.ts";
import { moment } from "./text.ts";
import { outputWidth } from "./width.ts";
import { columnsOf, cut, withoutColors } from "./wrap.ts";

const WIDEST_BAR = 24;
/** What stands beside a bar, at most. */
const BESIDE_BAR = 38;

/** All that is shown of an identity. */
export type Shown = Profile & RegistrationPlace & { now: number; newest: GroundedVouch[] };

const statusColors: Record<Status, (text: string) => string> = {
  active: (text) => colors().green(text),
  suspended: (text) => colors().yellow(text),
  retired: (text) => colors().dim(text),
  unknown: (text) => colors().dim(text),
};

/** Draws it, as wide as the terminal allows and no wider than it reads well. */
export function passport(shown: Shown, clock: DeploymentParameters): string {
  const width = Math.min(76, outputWidth() - 2);
  const inner = width - 2;
  const room = inner - LABEL;
  const parts = [
    header(shown, inner),
    file(shown, room),
    keys(shown, room),
    times(shown, clock, room),
    points(shown, clock, room),
    vouches(shown.newest, clock, room),
  ];
  return card(
    parts.filter((part) => part.length > 0).flatMap((part, index) => (index === 0 ? part : ["", ...part])),
    inner,
  );
}

/** Lines in a frame. */
function card(lines: readonly string[], inner: number): string {
  const rule = "─".repeat(inner + 2);
  const drawn = lines
    .flatMap((text) => text.split("\n"))
    .map((text) => `│ ${fill(columnsOf(text) > inner ? cut(withoutColors(text), inner) : text, inner)} │`);
  return [`╭${rule}╮`, ...drawn, `╰${rule}╯`].join("\n");
}

function fill(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - columnsOf(text)));
}

function header({ id, status, role, key }: Profile, width: number): string[] {
  const title = `TENURE  identity ${id}`;
  const state = `● ${status}`;
  const gap = " ".repeat(Math.max(1, width - title.length - state.length));
  const first = `${colors().bold(title)}${gap}${statusColors[status](state)}`;
  if (role !== "former") return [first];
  return [first, colors().red(`${formatHex(key)} is a FORMER key of it: it speaks for nobody.`)];
}

/** What the agent says of itself, and where. */
function file({ agentURI, name }: RegistrationPlace, room: number): string[] {
  const lines = name === undefined ? [] : row("name", name, room);
  return agentURI === undefined ? lines : [...lines, ...row("file", placeOf(agentURI), room)];
}

/** A file in the URI itself is long, and nothing to read. */
function placeOf(uri: string): string {
  const [head = "", content] = uri.split(",", 2);
  return uri.startsWith("data:") && content !== undefined ? `${head}, on the chain itself` : uri;
}

function keys(shown: Shown, room: number): string[] {
  const { owner, wallet, guardian, keyEpoch, keySince, pending, status, isArbiter, now } = shown;
  const lines = row("owner", owner ?? "none", room);
  if (shown.ownerKind === "unproven") {
    lines.push(...row("", "not proven to be a key: whoever holds it may change unseen", room, colors().yellow));
  }
  if (shown.isDelegated) lines.push(...row("", "a key that delegates to code (EIP-7702)", room, colors().yellow));
  if (wallet !== undefined && wallet !== owner) lines.push(...row("wallet", wallet, room));
  if (guardian !== undefined) lines.push(...row("guardian", guardian, room));
  if (status !== "retired") {
    const since = `${formatDuration(now - keySince)} old`;
    const which = keyEpoch === 0 ? "the first" : `changed ${formatCount(keyEpoch, "time")}`;
    lines.push(...row("key", `${which}, ${since}`, room));
  }
  if (isArbiter) lines.push(...row("arbiter", "agrees to be named by vouches and warnings", room));
  if (pending !== undefined) {
    const whom = pending.candidate === undefined ? "" : ` to ${formatHex(pending.candidate)}`;
    lines.push(...row("pending", `${pending.kind}${whom} from ${moment(pending.readyAt)} UTC`, room, colors().yellow));
  }
  return lines;
}

/** Both against the tenure that gives all points: who is older than that gains nothing by it. */
function times(shown: Shown, { cap, unit }: DeploymentParameters, room: number): string[] {
  const { firstSeen, lastSeen, tenure, now } = shown;
  const age = Math.max(0, now - firstSeen);
  const full = cap * unit;
  const share = age === 0 ? "" : `, ${Math.min(100, Math.floor((tenure / age) * 100))} % witnessed`;
  return [
    line("age", `${colors().blue(gauge(age, full, room))} ${formatDuration(age)}, since ${moment(firstSeen)}`),
    line("tenure", `${colors().cyan(gauge(tenure, full, room))} ${formatDuration(tenure)}${share}`),
    ...row("", `full at ${span(full)}, the tenure of all ${formatCount(cap, "point")}`, room, colors().dim),
    line("last seen", `${formatDuration(Math.max(0, now - lastSeen))} ago`),
  ];
}

/** "1000 d", without hours that are none. */
function span(seconds: number): string {
  return formatDuration(seconds).replace(/ 0 (?:h|min)$/, "");
}

/** All against the most that one identity can have, or ten, a hundred times that where more is staked on this one. */
function points(shown: Shown, clock: DeploymentParameters, room: number): string[] {
  const { cap } = clock;
  const { standing, free, staked, burned, scars, support, opposition } = shown;
  let common = cap;
  while (common < Math.max(support, opposition)) common *= 10;
  const scale = (whole: number, what: string) =>
    row("", `full at ${formatCount(whole, "point")}, ${what}`, room, colors().dim);
  const most = "the most that one identity can have";
  const budget = `${formatCount(standing, "point")} (${free} free, ${staked} staked)`;
  const lines = [
    line("standing", `${colors().cyan(gauge(standing, cap, room))} ${budget}`),
    ...(common === cap ? [] : scale(cap, most)),
    line("support", `${colors().green(gauge(support, common, room))} ${formatCount(support, "point")}`),
    line("opposition", `${colors().red(gauge(opposition, common, room))} ${formatCount(opposition, "point")}`),
    ...scale(common, common === cap ? most : `as much as ${common / cap} identities can have`),
  ];
  if (shown.status === "active") lines.push(line("check-in", earnable(shown, clock, shown.now)));
  if (burned > 0) {
    lines.push(line("burned", colors().red(`${formatCount(burned, "point")}, ${formatCount(scars, "scar")}`)));
  }
  return lines;
}

/** How much of a whole there is. */
function gauge(part: number, whole: number, room: number): string {
  return bar(part, whole, Math.min(WIDEST_BAR, room - BESIDE_BAR));
}

/** What a check-in now would earn, as the registries count it. */
function earnable({ tenure, lastSeen }: Profile, { maxSilence, unit, cap }: DeploymentParameters, now: number): string {
  const credit = Math.min(Math.max(0, now - lastSeen), maxSilence);
  const earned = (seconds: number) => Math.min(Math.floor(seconds / unit), cap);
  return `now would earn ${formatCount(earned(tenure + credit) - earned(tenure), "point")} (${formatDuration(credit)} of tenure)`;
}

function vouches(newest: readonly GroundedVouch[], clock: PeriodClock, room: number): string[] {
  const lines = newest.flatMap((vouch, index) => {
    const { voucherId, stance, stake, state, endPeriod, isActive } = vouch;
    const sign = stance === "against" ? "▼ warned by" : "▲ vouched by";
    const fate = isActive ? `until ${moment(periodEnd(endPeriod, clock))}` : state;
    const color = !isActive ? colors().dim : stance === "against" ? colors().red : colors().green;
    const text = `${sign} ${voucherId}: ${formatCount(stake, "point")}, ${fate}`;
    return [...row(index === 0 ? "newest" : "", text, room, color), ...grounds(vouch, room)];
  });
  const isUnread = newest.some(({ topic }) => topic === undefined);
  return isUnread
    ? [...lines, ...row("", "why is in the logs, which the node did not give", room, colors().dim)]
    : lines;
}

/** Why, as the voucher said. */
function grounds({ topic, evidence }: GroundedVouch, room: number): string[] {
  const about = topic === undefined || /^0x0*$/.test(topic) ? [] : [`topic ${formatHex(topic)}`];
  return [...about, ...(evidence ? [evidence] : [])].flatMap((text) => row("", text, room, colors().dim));
}
