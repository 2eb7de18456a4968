import type { Action } from "./program/action.ts";
import { edgeOf, stateOf, VouchState } from "./rules/edges.ts";
import { find } from "./rules/lookups.ts";
import { currentPeriod } from "./rules/periods.ts";
import { Stance, type State, Status } from "./rules/state.ts";

const NAMES = Object.fromEntries(Object.entries(VouchState).map(([name, value]) => [`${value}`, name.toLowerCase()]));

/** What the programs have to meet at least once, beside every function: what the rules say of rare states. */
export const MARKS = [
  "warned over an active vouch",
  "warned over a lapsed vouch",
  "warned over an ended vouch",
  "warned over a revoked vouch",
  "warned over a disowned vouch",
  "vouched over an active warning",
  "vouched over an ended vouch",
  "vouched over a revoked vouch",
  "warned over a revoked warning",
  "vouched over a revoked warning",
  "made anew with more",
  "made anew with an arbiter that is none any more",
  "made anew with a first arbiter",
  "made anew without an arbiter that burned it all",
  "made anew for a shorter time after it was burned",
  "stayed refused under a warning",
  "burned by an arbiter that is none any more",
  "renewed with a later date",
  "revoked by the guardian",
  "revoked while suspended by the owner",
  "opened for arbitration",
  "closed for arbitration",
  "recovered, and still suspended",
  "registered by a contract",
  "rotated to a contract",
  "proven by registerFor",
  "proven by rotateKey",
  "proven by pulseFor",
  "checked in by signature as proven before",
  "checked in by signature as a contract",
  "unset the wallet as the guardian",
] as const;

export type Mark = (typeof MARKS)[number];

const isMark = (text: string): text is Mark => (MARKS as readonly string[]).includes(text);

/** `a` or `an`, before that word. */
const article = (word: string): string => `${/^[aeiou]/.test(word) ? "an" : "a"} ${word}`;

function marksOfStake(before: State, after: State, voucherId: bigint, subjectId: bigint): string[] {
  const was = edgeOf(before, voucherId, subjectId);
  const is = edgeOf(after, voucherId, subjectId);
  if (was === undefined || is === undefined || was.releasePeriod < currentPeriod(after)) return [];
  const state = NAMES[`${stateOf(before, was, find(before, subjectId)?.keyEpoch ?? 0n)}`] ?? "";
  const verb = is.stance === Stance.For ? "vouched" : "warned";
  const marks = [`${verb} over ${article(state)} ${was.stance === Stance.For ? "vouch" : "warning"}`];
  if (is.stake > was.stake) marks.push("made anew with more");
  if (was.arbiterId === 0n && is.arbiterId !== 0n) marks.push("made anew with a first arbiter");
  if (find(after, is.arbiterId)?.arbitrates === false) marks.push("made anew with an arbiter that is none any more");
  if (was.arbiterId !== 0n && is.arbiterId !== was.arbiterId) {
    marks.push("made anew without an arbiter that burned it all");
  }
  if (is.releasePeriod < was.releasePeriod) marks.push("made anew for a shorter time after it was burned");
  if (is.refused) marks.push("stayed refused under a warning");
  return marks;
}

/** What is worth counting of an action that went through; nothing of several calls in one. */
export function marksOf(before: State, after: State, { name, caller }: Action): Mark[] {
  if (name === "multicall") return [];
  const marks: string[] = [];
  for (const log of after.logs) {
    const [id, other] = log.args as [bigint, bigint];
    const [was, is] = [find(before, id), find(after, id)];
    const isSuspended = was?.status === Status.Suspended;
    if (log.name === "Vouched" || log.name === "Warned") marks.push(...marksOfStake(before, after, id, other));
    if (log.name === "Burned" && find(after, edgeOf(after, id, other)?.arbiterId ?? 0n)?.arbitrates === false) {
      marks.push("burned by an arbiter that is none any more");
    }
    if (log.name === "Renewed" && edgeOf(before, id, other)?.since !== edgeOf(after, id, other)?.since) {
      marks.push("renewed with a later date");
    }
    if (log.name === "Revoked" && isSuspended && name === "revoke") {
      marks.push(caller === was?.owner ? "revoked while suspended by the owner" : "revoked by the guardian");
    }
    if (log.name === "ArbitrationSet" && was?.arbitrates !== is?.arbitrates) {
      marks.push(is?.arbitrates ? "opened for arbitration" : "closed for arbitration");
    }
    if (log.name === "KeyRotated" && isSuspended) marks.push("recovered, and still suspended");
    const isContracts = after.smartAccounts.has(is?.owner ?? "");
    if (log.name === "KeyRotated" && isContracts) marks.push("rotated to a contract");
    if (log.name === "Registered" && isContracts) marks.push("registered by a contract");
    if (log.name === "OwnerProven") marks.push(`proven by ${name}`);
    if (log.name === "Pulse" && name === "pulseFor") {
      if (isContracts) marks.push("checked in by signature as a contract");
      else if (was?.isKeyOwned) marks.push("checked in by signature as proven before");
    }
    if (name === "unsetAgentWallet" && isSuspended && caller === was?.guardian) {
      marks.push("unset the wallet as the guardian");
    }
  }
  return marks.filter(isMark);
}
