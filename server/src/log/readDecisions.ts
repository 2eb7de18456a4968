import { decodeLine } from "./decodeLine.ts";
import type { DecisionEntry, LogLine } from "./entry.ts";
import { LogPlaceError } from "./errors.ts";
import type { LogReader } from "./store.ts";

/** A decision as it stands in the log. */
export type LoggedDecision = Extract<LogLine, DecisionEntry>;

/** Which decisions. */
export interface DecisionFilters {
  readonly tenant?: string | undefined;
  readonly subject?: string | undefined;
  readonly resource?: string | undefined;
  readonly action?: string | undefined;
  readonly outcome?: DecisionEntry["outcome"] | undefined;
  /** The enforcement point. */
  readonly askedBy?: string | undefined;
  readonly correlationId?: string | undefined;
  /** Unix seconds between which it was decided, both included. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

/** Where to read, and how far. */
export interface ReadDecisionsParameters {
  /** The cursor: the place of a line. The oldest that is kept where left out. */
  readonly from?: number | undefined;
  /** How many decisions at most, up to 1,000; 100 where left out. */
  readonly limit?: number | undefined;
  readonly filters?: DecisionFilters | undefined;
}

/** A page of decisions. */
export interface DecisionPage {
  /** The oldest first. */
  readonly decisions: readonly LoggedDecision[];
  /** Where to read on. Where it is the size of the log, more may come there. */
  readonly next: number;
  /** How many lines the log has. */
  readonly size: number;
}

/** Lines that are looked at for one page, however few of them are asked for. */
const MAX_LOOKED_AT = 20_000;

/**
 * Reads decisions from the log, oldest first. A page may be short, or empty, though more follow: so many lines are looked at
 * and no more. Read on at `next` until it is `size`.
 */
export async function readDecisions(
  reader: LogReader,
  { from, limit = 100, filters = {} }: ReadDecisionsParameters = {},
): Promise<DecisionPage> {
  if (!(Number.isSafeInteger(limit) && limit >= 1 && limit <= 1000)) {
    throw new LogPlaceError(`The limit is ${limit}, and has to be a whole number from 1 to 1000.`);
  }
  if (from !== undefined && !(Number.isSafeInteger(from) && from >= 0)) {
    throw new LogPlaceError(`The cursor is ${from}, and has to be the place of a line.`);
  }
  const { first, size } = await reader.extent();
  const start = Math.min(Math.max(from ?? first, first), size);
  const end = Math.min(start + MAX_LOOKED_AT, size);
  const decisions: LoggedDecision[] = [];
  let next = start;
  for await (const raw of reader.lines(start, end)) {
    const line = decodeLine(raw);
    next++;
    if (line?.kind === "decision" && isMeant(line, filters)) decisions.push(line);
    if (decisions.length === limit) return { decisions, next, size };
  }
  return { decisions, next: end, size };
}

function isMeant(line: LoggedDecision, filters: DecisionFilters): boolean {
  const { tenant, subject, resource, action, outcome, askedBy, correlationId, since, until } = filters;
  const pairs: [unknown, unknown][] = [
    [tenant, line.tenant],
    [subject, line.subject.id],
    [resource, line.resource.id],
    [action, line.action],
    [outcome, line.outcome],
    [askedBy, line.askedBy],
    [correlationId, line.correlationId],
  ];
  if (pairs.some(([wanted, actual]) => wanted !== undefined && wanted !== actual)) return false;
  return line.decidedAt >= (since ?? 0) && line.decidedAt <= (until ?? Number.POSITIVE_INFINITY);
}
