import type { Hash } from "viem";
import type { Verdict } from "../account/verifyAccount.ts";
import type { Link } from "./chain.ts";
import { Recent } from "./recent.ts";
import { type Nodes, verdictOn } from "./signatory.ts";

/** How many proofs are kept. */
const CAPACITY = 20_000;

/**
 * Whether issuers signed their grants. Only a yes is kept, under the grant's digest and its signature: that of a key for good, and
 * that of an account only for a while, as its code may change and may change its mind.
 */
export class Proofs {
  readonly #nodes: Nodes;
  readonly #lifetime: number;
  /** The last second in which a proof is believed. */
  #good = new Recent<Hash, number>(CAPACITY);
  /** What is being asked now: of many requests at once, the first one asks. */
  readonly #asked = new Map<Hash, Promise<Verdict>>();
  /** The second in which anybody asked last. */
  #latest = Number.NEGATIVE_INFINITY;

  constructor(nodes: Nodes, lifetime: number) {
    this.#nodes = nodes;
    this.#lifetime = lifetime;
  }

  verdictOn(link: Link, now: number): Verdict | Promise<Verdict> {
    // By a clock that goes back, what is believed for a while would be believed until that second comes again.
    if (now < this.#latest) this.#good = new Recent(CAPACITY);
    this.#latest = now;
    const until = this.#good.get(link.proofKey);
    if (until !== undefined && now < until) return "valid";
    const asked = this.#asked.get(link.proofKey);
    if (asked !== undefined) return asked;
    const verdict = verdictOn(link.issuer, link.statement, this.#nodes);
    if (typeof verdict === "string") return this.#kept(link, verdict, now);
    const kept = verdict.then((known) => this.#kept(link, known, now)).finally(() => this.#asked.delete(link.proofKey));
    this.#asked.set(link.proofKey, kept);
    return kept;
  }

  #kept(link: Link, verdict: Verdict, now: number): Verdict {
    const isForGood = link.issuer.profile !== "erc8128";
    const until = isForGood ? Number.POSITIVE_INFINITY : Math.min(now, this.#latest) + this.#lifetime;
    if (verdict === "valid") this.#good.set(link.proofKey, until);
    return verdict;
  }
}
