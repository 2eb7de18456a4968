import { AccessError } from "@tenure/http-auth";
import { canonicalJson } from "../../canonical/index.ts";
import type { Entity, Proof } from "../../types/question.ts";
import type { Asking, AuthzenOptions } from "../types.ts";
import { assertedProof, isCurrent, proofOf, readCaller } from "./caller.ts";
import { readRawRequest } from "./rawRequest.ts";
import { isAccountOf } from "./subject.ts";
import { startVerification, type Verification } from "./verification.ts";

/** Why a proof is none, or does not fit the question. */
export interface ProofRefusal {
  /** 503 where nobody can say. */
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** What the service may pass on to whoever sent the request, so that they can do better. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What is proved of a subject, and what is left to do once they may. */
export interface Established {
  readonly proof: Proof;
  /** Resolves to why they may not after all. */
  readonly use: () => Promise<ProofRefusal | undefined>;
}

type Part = Pick<AuthzenOptions, "requests" | "accounts">;

const mismatch = (principal: string): ProofRefusal => {
  const message = `The request is of ${principal}, and the question is about somebody else.`;
  return { status: 403, code: "subject_mismatch", message, headers: {} };
};

const refusalOf = ({ status, code, message, headers }: AccessError): ProofRefusal => ({
  status,
  code,
  message,
  headers,
});

/** The proofs of one request to the decision point. Each request that is handed over is verified once, and used once. */
export class Proofs {
  readonly #part: Part;
  readonly #asking: Asking;
  readonly #verifications = new Map<string, Verification>();

  constructor(part: Part, asking: Asking) {
    this.#part = part;
    this.#asking = asking;
  }

  /**
   * What is proved of a subject.
   *
   * @throws Problem of 400 when what the context says of it cannot be read.
   */
  async establish(subject: Entity, context: Readonly<Record<string, unknown>>): Promise<Established | ProofRefusal> {
    const { requests } = this.#part;
    const { point, settings } = this.#asking;
    if (!(settings.agentTypes ?? ["agent"]).includes(subject.type)) return settled(assertedProof(subject.id));
    if (point.mayAssertProof && context.caller !== undefined) return this.#told(subject, context.caller);
    if (requests !== undefined && context.request !== undefined)
      return this.#verified(subject, context.request, requests);
    return settled(assertedProof(subject.id));
  }

  /** Ends what is still waiting for a decision. */
  close(): void {
    for (const { close } of this.#verifications.values()) close();
  }

  async #told(subject: Entity, value: unknown): Promise<Established | ProofRefusal> {
    const caller = readCaller(value);
    if (!isCurrent(caller, this.#asking.now)) {
      const message = "What was verified has ended meanwhile. The request has to be signed again.";
      return { status: 401, code: "proof_ended", message, headers: {} };
    }
    if (!(await isAccountOf(caller.principal, subject, this.#part.accounts))) return mismatch(caller.principal);
    return settled(proofOf(caller));
  }

  async #verified(
    subject: Entity,
    value: unknown,
    requests: NonNullable<Part["requests"]>,
  ): Promise<Established | ProofRefusal> {
    const key = canonicalJson([subject.type, subject.id, value]);
    let verification = this.#verifications.get(key);
    let stranger: string | undefined;
    if (verification === undefined) {
      const { verifier, policy = {} } = requests;
      verification = startVerification(verifier, readRawRequest(value), policy, async ({ principal }) => {
        if (await isAccountOf(principal, subject, this.#part.accounts)) return true;
        stranger ??= principal;
        return false;
      });
      this.#verifications.set(key, verification);
    }
    const { caller, use } = verification;
    try {
      const proof = proofOf(await caller);
      return { proof, use: async () => use().then((error) => error && refusalOf(error)) };
    } catch (error) {
      if (!(error instanceof AccessError)) throw error;
      // Nobody is denied but whoever is not the subject.
      return error.code === "access_denied" ? mismatch(stranger ?? "another account") : refusalOf(error);
    }
  }
}

function settled(proof: Proof): Established {
  return { proof, use: async () => undefined };
}
