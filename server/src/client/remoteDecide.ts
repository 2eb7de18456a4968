import type { AccessQuestion, Caller, Decide, Decision } from "@tenure/http-auth";
// Not by its index: whoever asks, maybe in a browser, needs nothing of what answers.
import { PATHS } from "../authzen/constants.ts";
import type { DecisionAnswer, EvaluationRequest } from "../authzen/index.ts";
import { requireDecision } from "./checked.ts";
import { type TransportOptions, transportOf } from "./transport.ts";

/** Where the decision point is, and how long it is believed. */
export interface RemoteDecideOptions extends TransportOptions {
  /** The tenant; the one at the URL itself where left out. */
  readonly tenant?: string | undefined;
  /** Milliseconds that an answer may take; 2,000 where left out. */
  readonly timeout?: number | undefined;
  /** Seconds for which a decision is remembered at most, whatever the decision point says; 60 where left out, 0 for never. */
  readonly maxAge?: number | undefined;
  /** Decisions that are remembered at most; 10,000 where left out. */
  readonly size?: number | undefined;
  /** What the decision point is told beside who calls and what they ask for. It is part of what a decision is remembered by. */
  readonly context?: ((caller: Caller, question: AccessQuestion) => Readonly<Record<string, unknown>>) | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
}

/** The decision point of a guard, somewhere else. */
export interface RemoteDecide extends Decide {
  /** Forgets what was decided about a principal, `eip155:1:0x…`; about all, where none is named. */
  readonly forget: (principal?: string) => void;
}

/** What was decided, and until when that is good. */
interface Remembered {
  readonly principal: string;
  readonly decision: Decision;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/**
 * A guard's decision point that asks an AuthZEN server: Tenure's own, or any other one. The server has to let this client say what it
 * verified (`mayAssertProof`), else the caller is but asserted there.
 *
 * It throws whatever keeps it from an answer, which a guard answers by 503; nothing but `true` is a yes.
 *
 * @example
 * app.use(honoGuard({ ...options, decide: remoteDecide({ url: "https://pdp.example", token }) }));
 */
export function remoteDecide(options: RemoteDecideOptions): RemoteDecide {
  const { tenant, timeout = 2_000, maxAge = 60, size = 10_000, context, now = Date.now } = options;
  const transport = transportOf({ ...options, timeout });
  const path = `${tenant === undefined ? "" : `/${encodeURIComponent(tenant)}`}${PATHS.evaluation}`;
  const remembered = new Map<string, Remembered>();

  function remember(key: string, entry: Remembered): void {
    remembered.delete(key);
    remembered.set(key, entry);
    if (remembered.size > size) remembered.delete(remembered.keys().next().value ?? "");
  }

  const decide = async (caller: Caller, question: AccessQuestion): Promise<Decision> => {
    const evaluation = evaluationOf(caller, question, context?.(caller, question));
    const key = keyOf(caller, evaluation);
    const asked = now();
    const known = remembered.get(key);
    if (known !== undefined && asked < known.until) return known.decision;
    const headers = { "x-request-id": crypto.randomUUID() };
    const answer = requireDecision(
      await transport.ask({ method: "POST", path, body: evaluation, headers }),
      options.url,
    );
    const decision = { allowed: answer.decision, reasons: answer.decision ? [] : reasonsOf(answer) };
    // From when it was asked: what it took to come is not added to its time.
    const until = asked + Math.min(ttlOf(answer), maxAge) * 1_000;
    if (until > now()) remember(key, { principal: caller.principal, decision, until });
    else remembered.delete(key);
    return decision;
  };

  const forget = (principal?: string) => {
    if (principal === undefined) remembered.clear();
    for (const [key, entry] of remembered) if (entry.principal === principal) remembered.delete(key);
  };
  return Object.assign(decide, { forget });
}

/** What a guard verified, in the words of AuthZEN. */
function evaluationOf(
  caller: Caller,
  { action, resource, route }: AccessQuestion,
  context: Readonly<Record<string, unknown>> = {},
): EvaluationRequest {
  const { principal, signer, binding, replayable, expiresAt, origin, grants, permissions } = caller;
  const told = { principal, signer, binding, replayable, expiresAt, origin, grants, permissions };
  return {
    subject: { type: "agent", id: principal },
    action: { name: action },
    resource: { ...resource, properties: { route, origin } },
    context: { ...context, caller: told },
  };
}

/** All that a decision can depend on. When a signature ends is not among it: the guard looks at that each time. */
function keyOf(
  caller: Caller,
  { action, resource, context: { caller: _, ...context } = {} }: EvaluationRequest,
): string {
  const { principal, signer, binding, replayable, grants, permissions } = caller;
  const proof = [principal, signer, binding, replayable, permissions, grants.map(({ digest }) => digest)];
  return JSON.stringify([proof, action, resource, context]);
}

function ttlOf({ context }: DecisionAnswer): number {
  const ttl = context?.ttl;
  return typeof ttl === "number" && ttl > 0 ? ttl : 0;
}

/** Why not, in words for whoever is refused. */
function reasonsOf({ context }: DecisionAnswer): readonly string[] {
  const reasons = Object.values(context?.reason_user ?? {});
  return reasons.filter((reason) => typeof reason === "string").slice(0, 8);
}
