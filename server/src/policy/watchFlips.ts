import type { WatchedEvent } from "@tenure/sdk";
import { type FactsGatherer, FactsUnavailableError } from "../facts/index.ts";
import type { Decision } from "../types/decision.ts";
import type { AccessQuestion } from "../types/question.ts";
import type { PolicyDecisionPoint } from "./createDecisionPoint.ts";
import { type Holders, tags } from "./holders.ts";

/** A decision that somebody holds, and that would be another now. */
export interface Flip {
  /** The enforcement point that holds it. */
  readonly holder: string;
  readonly question: AccessQuestion;
  /** The decision that is held. */
  readonly from: Decision;
  /** What it is from now on; `failed` where it cannot be said any more. */
  readonly to: Decision;
}

/** What changed. */
export type Change =
  /** There is another block. */
  | { readonly kind: "block"; readonly chainId: number }
  /** A registry of a chain says something, or takes it back. */
  | { readonly kind: "event"; readonly chainId: number; readonly event: WatchedEvent }
  /** A source beside the registries knows something new of a subject, named as decisions name it. */
  | { readonly kind: "subject"; readonly subject: string }
  /** Other policies are active for a tenant. */
  | { readonly kind: "policies"; readonly tenant: string }
  /** What happened on a chain was not heard for a while. */
  | { readonly kind: "chain"; readonly chainId: number }
  /** The anchors' trust on a chain flows otherwise. */
  | { readonly kind: "trust"; readonly chainId: number };

/** Options of `watchFlips`. */
export interface FlipOptions {
  readonly point: PolicyDecisionPoint;
  readonly holders: Holders;
  readonly facts: FactsGatherer;
  /** Told of each flip. One that throws is told no less the next time. */
  readonly onFlip: (flip: Flip) => void | Promise<void>;
  /** Told of what went wrong here. */
  readonly onError?: ((error: unknown) => void) | undefined;
  /** Decisions that are made anew at the same time; 32 where left out. */
  readonly concurrency?: number | undefined;
}

/** Looks after decisions that are held. */
export interface FlipWatcher {
  /** Tells what changed. What rests on it is decided anew, each once, however much changes meanwhile. */
  readonly onChange: (change: Change) => void;
  /** Resolves once everything that was told is decided. */
  readonly settled: () => Promise<void>;
  /** Ends the clock that looks at what time alone flips, and waits for what is under way. */
  readonly close: () => Promise<void>;
}

/** Milliseconds between two looks at the clock. */
const LOOKS = 1_000;

/** Makes decisions that are held anew when what they rest on changes, and calls back where one flips. */
export function watchFlips(options: FlipOptions): FlipWatcher {
  const { point, holders, facts, onFlip, onError, concurrency = 32 } = options;
  const waiting = new Set<string>();
  /** Looked at now: nobody else looks meanwhile, so that what is known last is what is told last. */
  const busy = new Set<string>();
  let working: Promise<void> | undefined;
  let isClosed = false;

  function enqueue(keys: Iterable<string>): void {
    if (isClosed) return;
    for (const key of keys) waiting.add(key);
    if (waiting.size === 0 || working !== undefined) return;
    working = work().finally(() => {
      working = undefined;
      // What was told between the last look and now.
      enqueue([]);
    });
  }

  async function work(): Promise<void> {
    await Promise.all(
      Array.from({ length: Math.min(concurrency, waiting.size) }, async () => {
        for (let next = takeFirst(waiting, busy); next !== undefined; next = takeFirst(waiting, busy)) {
          busy.add(next);
          try {
            await lookAt(next);
          } finally {
            busy.delete(next);
          }
        }
      }),
    );
  }

  async function lookAt(key: string): Promise<void> {
    const hold = holders.get(key);
    if (hold === undefined) return;
    const { question, decision: from, holder, until } = hold;
    const to = await point.reconsider(question);
    // Whoever asked again meanwhile has a newer answer.
    if (holders.get(key)?.decision.id !== from.id) return;
    const isFlipped = (from.outcome === "allowed") !== (to.outcome === "allowed");
    if (to.decidedAt >= until) holders.end(key);
    else if (to.failure === undefined) holders.replace(key, isFlipped ? to : { ...to, id: from.id });
    else if (isFlipped) holders.end(key);
    if (isFlipped) await tell({ holder, question, from, to });
  }

  async function tell(flip: Flip): Promise<void> {
    try {
      await point.record(flip.question, flip.to);
    } catch (error) {
      onError?.(error);
      // A yes that is in no log is not told. A no is: whoever holds a yes has to hear that it is over.
      if (flip.to.outcome === "allowed") return;
    }
    try {
      await onFlip(flip);
    } catch (error) {
      onError?.(error);
    }
  }

  function tick(): void {
    enqueue(holders.takeDoubted());
    try {
      const now = facts.clock.now();
      const due = holders.due(now);
      const flipping = due.filter((key) => (holders.get(key)?.decision.flipsAt ?? Number.POSITIVE_INFINITY) <= now);
      enqueue(flipping);
      // Of the others, nothing but their time is over.
      const isFlipping = new Set(flipping);
      for (const key of due) if (!isFlipping.has(key)) holders.end(key);
    } catch (error) {
      // A clock that jumped says nothing for a minute; decisions fail meanwhile, and are looked at afterwards.
      if (!(error instanceof FactsUnavailableError)) onError?.(error);
    }
  }

  const timer = setInterval(tick, LOOKS);
  timer.unref();

  return {
    onChange: (change) => {
      if (change.kind === "block" || change.kind === "event" || change.kind === "chain") facts.changed(change.chainId);
      else point.forget();
      if (change.kind !== "block") holders.changed();
      if (change.kind === "event") noteRevocations(holders, change.event);
      enqueue(affectedBy(change, holders, facts));
      tick();
    },
    settled: async () => {
      while (working !== undefined) await working;
    },
    close: async () => {
      isClosed = true;
      clearInterval(timer);
      waiting.clear();
      await working;
    },
  };
}

function noteRevocations(holders: Holders, event: WatchedEvent): void {
  if (event.eventName === "GrantRevoked") holders.revoke(event.handle, event.removed);
  if (event.eventName === "EpochAdvanced" && !event.removed) holders.revokeAllOf(event.issuer);
}

/** Keys of the holds that could rest on what changed. */
function affectedBy(change: Change, holders: Holders, facts: FactsGatherer): string[] {
  switch (change.kind) {
    case "block":
      return [];
    case "subject":
      return [...holders.restingOn(tags.subject(change.subject))];
    case "policies":
      return [...holders.restingOn(tags.tenant(change.tenant))];
    case "chain":
    case "trust":
      return [...holders.restingOn(tags.chain(change.chainId))];
    case "event":
      return tagsOfEvent(change.chainId, change.event, facts).flatMap((tag) => holders.restingOn(tag));
  }
}

/** What an event is about. Accounts become keys of identities by any of those that name a number. */
function tagsOfEvent(chainId: number, event: WatchedEvent, facts: FactsGatherer): string[] {
  if (event.eventName === "GrantRevoked") return [tags.handle(event.handle)];
  if (event.eventName === "EpochAdvanced") return [tags.issuer(event.issuer)];
  if ("voucherId" in event) return [tags.identity(chainId, event.voucherId), tags.identity(chainId, event.subjectId)];
  if (!("id" in event)) return [];
  const anchors = facts.isAnchor(chainId, event.id) ? [tags.anchors(chainId)] : [];
  return [tags.identity(chainId, event.id), tags.strangers(chainId), ...anchors];
}

function takeFirst(keys: Set<string>, except: ReadonlySet<string>): string | undefined {
  for (const key of keys) {
    if (except.has(key)) continue;
    keys.delete(key);
    return key;
  }
  return undefined;
}
