// What a platform runs. The rooms meet here, and nowhere else.
export type { BlockMoment } from "./types/chain.ts";
export type {
  Comparison,
  Decision,
  DecisionLog,
  DecisionPoint,
  Failure,
  Obligation,
  Outcome,
  UnmetFact,
} from "./types/decision.ts";
export type { AccessQuestion, Entity, Proof, ProofGrant } from "./types/question.ts";
