import { expect } from "chai";
import type { Chain } from "./chain.ts";
import { currentPeriod } from "./rules/periods.ts";
import { Refusal } from "./rules/refusal.ts";
import type { State } from "./rules/state.ts";
import { delegationViews } from "./views/delegation.ts";
import { identityViews } from "./views/identity.ts";
import { lensViews } from "./views/lens.ts";
import type { View } from "./views/view.ts";
import { futureViews, vouchViews } from "./views/vouch.ts";

/** Addresses whose relation to all others is asked for; the last to appear, and those in office. */
const MOST_ADDRESSES = 9;

function expected(view: View, state: State): unknown {
  try {
    return view.expected(state);
  } catch (error) {
    if (error instanceof Refusal) return { error: error.error, args: error.args };
    throw error;
  }
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? `${part}n` : part));
}

/** Asks every view of all four contracts, and compares each answer with that of the rules. */
export class Comparison {
  readonly #chain: Chain;
  /** What each view last answered, known to be right for what was expected: spares reading the same bytes again. */
  readonly #agreed = new Map<string, string>();
  #views: View[] = [];
  #asked = "";

  constructor(chain: Chain) {
    this.#chain = chain;
  }

  /** How many answers were compared. */
  async check(state: State, addresses: string[]): Promise<number> {
    const ids = [0n, ...state.agents.map(({ id }) => id), BigInt(state.agents.length) + 1n];
    const inOffice = state.agents.flatMap(({ owner, wallet, guardian, approved, pending }) => {
      return [owner, wallet, guardian, approved, pending.candidate];
    });
    const chosen = [...new Set([...addresses.slice(-2), ...inOffice])].slice(0, MOST_ADDRESSES);
    const current = currentPeriod(state);
    const asked = [ids.length, current, ...chosen].join();
    if (asked !== this.#asked) {
      this.#asked = asked;
      this.#views = [
        ...identityViews(ids, chosen),
        ...vouchViews(ids),
        ...futureViews(ids, current),
        ...lensViews(ids, chosen),
        ...delegationViews(chosen),
      ];
    }
    const answers = await this.#chain.ask(this.#views);
    for (const [i, view] of this.#views.entries()) {
      const { bytes, read } = answers[i] ?? { bytes: "", read: () => [] };
      const due = expected(view, state);
      const label = `${view.contract}.${view.name}(${view.args.join()})`;
      const agreement = `${textOf(due)} ${bytes}`;
      if (this.#agreed.get(label) === agreement) continue;
      expect(read(), label).to.deep.equal(due);
      this.#agreed.set(label, agreement);
    }
    return answers.length;
  }
}
