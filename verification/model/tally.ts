import { type Mark, marksOf } from "./marks.ts";
import type { Action } from "./program/action.ts";
import type { Refusal } from "./rules/refusal.ts";
import type { State } from "./rules/state.ts";

export interface Tally {
  steps: number;
  succeeded: number;
  views: number;
  /** How often each action went through, and how often it was refused, by its registry and name. */
  actions: Map<string, [succeeded: number, refused: number]>;
  /** How often each error was met. */
  errors: Map<string, number>;
  /** How often each rare thing happened. */
  marks: Map<Mark, number>;
}

export function emptyTally(): Tally {
  return { steps: 0, succeeded: 0, views: 0, actions: new Map(), errors: new Map(), marks: new Map() };
}

export function count<Name>(counts: Map<Name, number>, name: Name, more = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + more);
}

/** An action was tried between these two states. */
export function note(tally: Tally, action: Action, before: State, after: State, refusal: Refusal | undefined): void {
  tally.steps += 1;
  const name = `${action.registry}.${action.name}`;
  const counts = tally.actions.get(name) ?? [0, 0];
  counts[refusal === undefined ? 0 : 1] += 1;
  tally.actions.set(name, counts);
  if (refusal !== undefined) {
    count(tally.errors, refusal.error);
    return;
  }
  tally.succeeded += 1;
  for (const mark of marksOf(before, after, action)) count(tally.marks, mark);
}

/** What both have met together. */
export function add(total: Tally, { steps, succeeded, views, actions, errors, marks }: Tally): void {
  total.steps += steps;
  total.succeeded += succeeded;
  total.views += views;
  for (const [name, [ok, refused]] of actions) {
    const [before, beforeRefused] = total.actions.get(name) ?? [0, 0];
    total.actions.set(name, [before + ok, beforeRefused + refused]);
  }
  for (const [name, times] of errors) count(total.errors, name, times);
  for (const [mark, times] of marks) count(total.marks, mark, times);
}
