import { createHash, randomUUID } from "node:crypto";
import type { Decision, Failure } from "../../types/decision.ts";
import type { ProofRefusal } from "../proof/proofs.ts";

/** What came of one evaluation. */
export interface Verdict {
  /** What the decision point said; `undefined` where the question could not be put to it. */
  readonly decision: Decision | undefined;
  /** Why there is no yes, where that was not for the decision point to say. */
  readonly refusal?: ProofRefusal | undefined;
}

/** Whether a verdict is a yes. */
export function isAllowed({ decision, refusal }: Verdict): boolean {
  return refusal === undefined && decision?.outcome === "allowed";
}

/** Whether a verdict says nothing about the subject, as something did not run. */
export function isFailed({ decision, refusal }: Verdict): boolean {
  return decision?.outcome === "failed" || refusal?.status === 503;
}

/** The hash of nothing: where no fact and no policy was looked at. */
const NOTHING = createHash("sha256").digest("hex");

interface Settled {
  /** Whom it is about, as it was asked. */
  readonly subject: string;
  readonly outcome: "refused" | "failed";
  readonly reason: string;
  readonly now: number;
  readonly failure?: Failure | undefined;
}

/** A decision that rests on no policy and on no fact of the registries. */
export function settle({ subject, outcome, reason, now, failure }: Settled): Decision {
  return {
    id: randomUUID(),
    subject,
    outcome,
    reason,
    ...{ policies: [], unmet: [], obligations: [], blocks: [] },
    ...{ restsOn: ["proof"], factsHash: NOTHING, policyHash: NOTHING },
    ...{ decidedAt: now, expiresAt: now, flipsAt: undefined, failure },
  };
}
