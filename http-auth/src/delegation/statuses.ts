import type { Address } from "viem";
import { within } from "../account/ask.ts";
import { EPOCH_LEAD } from "../constants.ts";
import { Refusal } from "../errors/refusal.ts";
import type { Chain, Link } from "./chain.ts";
import { Recent } from "./recent.ts";
import type { GrantStatus, RevocationEvent, StatusQuestion, StatusSource } from "./types.ts";

/** How many statuses are kept. */
const CAPACITY = 20_000;

/** How many accounts' events are remembered one by one. */
const DROPS = 10_000;

/** How often it is asked again, because an event came while it was asked. */
const ATTEMPTS = 3;

const REVOKED = new Refusal("authorization_revoked", "A grant of the chain was revoked. Ask for a new one.");
const ADVANCED = new Refusal(
  "authorization_epoch_mismatch",
  "A grant of the chain is not of its account's epoch now. Ask for a new one.",
);
const UNAVAILABLE = new Refusal(
  "revocation_unavailable",
  "The registry of revocations cannot be asked now. Try again.",
);

/** What is known of a link. */
interface Known {
  /** What is wrong with it, or that nothing is. */
  readonly refusal: Refusal | undefined;
  /** The second from which on this is known no longer. A no is for good: nothing is ever un-revoked, and epochs only grow. */
  readonly until: number;
  /** When it was asked, in counts of events. */
  readonly asked: number;
}

/** How statuses are asked and kept. */
export interface StatusRules {
  readonly source: StatusSource;
  readonly registries: ReadonlyMap<string, Address>;
  /** Seconds for which a yes is kept. */
  readonly lifetime: number;
  readonly mayTrail: boolean;
  /** Milliseconds. */
  readonly timeout: number;
}

/** What became of grants, by registries of revocations (ERC-8395, section 5), kept for a while. */
export class Statuses {
  readonly #rules: StatusRules;
  readonly #known = new Recent<string, Known>(CAPACITY);
  readonly #asking = new Map<string, Promise<readonly GrantStatus[]>>();
  /** Counts events. */
  #events = 0;
  /** The last event of each account that had any; whatever is older than its account's is forgotten. */
  readonly #dropped = new Map<string, number>();
  /** The same for accounts that are remembered no longer. */
  #floor = 0;
  /** The second in which anybody was asked last. */
  #latest = Number.NEGATIVE_INFINITY;

  constructor(rules: StatusRules) {
    this.#rules = rules;
  }

  /** Forgets what is known of an account's grants. */
  drop({ chainId, account }: RevocationEvent): void {
    if (this.#dropped.size >= DROPS) this.#dropAll();
    this.#events += 1;
    this.#dropped.set(`eip155:${chainId}:${account.toLowerCase()}`, this.#events);
  }

  #dropAll(): void {
    this.#events += 1;
    this.#dropped.clear();
    this.#floor = this.#events;
  }

  /** By a clock that goes back, what was believed until some second would be believed until that second comes again. */
  #follow(now: number): void {
    if (now < this.#latest) this.#dropAll();
    this.#latest = now;
  }

  #isFresh({ chained }: Link, asked: number): boolean {
    return asked >= (this.#dropped.get(chained.revocationAccount) ?? this.#floor);
  }

  #knownOf(link: Link, now: number): Known | undefined {
    const known = this.#known.get(link.statusKey);
    return known !== undefined && now < known.until && this.#isFresh(link, known.asked) ? known : undefined;
  }

  /** Why a chain is not good any more; at once where all of it is known. */
  check({ links }: Chain, now: number): Refusal | undefined | Promise<Refusal | undefined> {
    this.#follow(now);
    const unknown: Link[] = [];
    for (const link of links) {
      const known = this.#knownOf(link, now);
      if (known === undefined) unknown.push(link);
      else if (known.refusal !== undefined) return known.refusal;
    }
    return unknown.length === 0 ? undefined : this.#ask(unknown, now);
  }

  async #ask(links: readonly Link[], begun: number): Promise<Refusal | undefined> {
    const questions = links.flatMap((link) => this.#questionOf(link) ?? []);
    // Where there is no registry, nobody can say.
    if (questions.length < links.length) return UNAVAILABLE;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const asked = this.#events;
      let answers: readonly GrantStatus[];
      try {
        answers = await this.#answers(questions, asked);
      } catch {
        // What a node says is not for the caller.
        return UNAVAILABLE;
      }
      if (!Array.isArray(answers)) return UNAVAILABLE;
      // An answer that an event overtook may be of before it.
      if (!links.every((link) => this.#isFresh(link, asked))) continue;
      const now = Math.min(begun, this.#latest);
      const refusals = links.map((link, index) => this.#judge(link, answers[index], asked, now));
      return refusals.find((refusal) => refusal !== undefined);
    }
    return UNAVAILABLE;
  }

  #questionOf({ revoker, chained }: Link): StatusQuestion | undefined {
    const registry = this.#rules.registries.get(revoker.chainId);
    if (registry === undefined) return undefined;
    const { address: account } = revoker;
    return { chainId: Number(revoker.chainId), registry, account, handle: chained.revocationHandle };
  }

  /** Of many requests at once, the first one asks. */
  #answers(questions: readonly StatusQuestion[], asked: number): Promise<readonly GrantStatus[]> {
    const key = [asked, ...questions.flatMap(({ chainId, account, handle }) => [chainId, account, handle])].join(" ");
    const asking = this.#asking.get(key);
    if (asking !== undefined) return asking;
    const { source, timeout } = this.#rules;
    const answers = within(timeout, Promise.resolve(source.statuses(questions)));
    const kept = answers.finally(() => this.#asking.delete(key));
    this.#asking.set(key, kept);
    return kept;
  }

  #judge(
    { chained, statusKey }: Link,
    answer: GrantStatus | undefined,
    asked: number,
    now: number,
  ): Refusal | undefined {
    if (typeof answer?.isRevoked !== "boolean" || typeof answer.epoch !== "bigint") return UNAVAILABLE;
    const { epoch, validAfter, validUntil } = chained.grant;
    const keep = (refusal: Refusal | undefined, until: number) => {
      this.#known.set(statusKey, { refusal, until, asked });
      return refusal;
    };
    if (answer.isRevoked) return keep(REVOKED, Number.POSITIVE_INFINITY);
    const end = Math.min(now + this.#rules.lifetime, Number(validUntil) + 1);
    if (answer.epoch === epoch) return keep(undefined, end);
    if (answer.epoch > epoch) return keep(ADVANCED, Number.POSITIVE_INFINITY);
    // Only the account itself could have signed what is one epoch ahead: whoever was asked has not seen its advance yet.
    const ahead = Number(validAfter) + EPOCH_LEAD;
    if (!this.#rules.mayTrail || answer.epoch + 1n !== epoch || now > ahead) return ADVANCED;
    return keep(undefined, Math.min(end, ahead + 1));
  }
}
