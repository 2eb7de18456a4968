import type { Proof } from "../types/question.ts";
import type { Facts } from "./types.ts";

/** What the proof of a request says, at a moment (unix seconds). */
export function proofFacts(proof: Proof, now: number): Pick<Facts, "proof" | "grant"> {
  const { scheme, binding, replayable, signerKind, grants, permissions } = proof;
  const last = grants.at(-1);
  const end = Math.min(...grants.map(({ validUntil }) => validUntil));
  return {
    proof: {
      scheme,
      binding,
      replayable,
      signerKind,
      sessionAge: last === undefined ? 0 : Math.max(0, now - last.validAfter),
    },
    grant: {
      delegated: grants.length > 0,
      depth: grants.length,
      limited: permissions !== undefined,
      permissions: permissions ?? [],
      timeLeft: grants.length === 0 ? 0 : Math.max(0, end - now),
      handles: grants.map(({ handle }) => handle),
    },
  };
}
