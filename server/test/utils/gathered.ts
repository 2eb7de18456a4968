import { hashOf } from "../../src/canonical/index.ts";
import type { Facts, GatheredFacts } from "../../src/facts/index.ts";

/** Facts of an agent in good standing, with what a test says otherwise. */
export function gatheredWith(more: { readonly [group in keyof Facts]?: Partial<Facts[group]> } = {}): GatheredFacts {
  const facts: Facts = {
    identity: {
      known: true,
      chain: 1,
      registry: "0x00000000000000000000000000000000000000ab",
      id: 7,
      status: "active",
      role: "owner",
      ownerKind: "key",
      age: 20_000_000,
      tenure: 10_000_000,
      keyAge: 5_000_000,
      keyEpoch: 0,
      silence: 1_000,
      pending: "",
      ...more.identity,
    },
    stakes: {
      support: 30,
      opposition: 0,
      standing: 100,
      staked: 10,
      free: 90,
      burned: 0,
      scars: 0,
      vouching: [1],
      vouchingCount: 1,
      vouchingStake: 30,
      warning: [],
      warningCount: 0,
      warningStake: 0,
      ...more.stakes,
    },
    trust: { verdict: "unknown", score: 0, flow: 0, ...more.trust },
    proof: {
      scheme: "erc8128",
      binding: "request-bound",
      replayable: false,
      signerKind: "account",
      sessionAge: 0,
      ...more.proof,
    },
    grant: { delegated: false, depth: 0, limited: false, permissions: [], timeLeft: 0, handles: [], ...more.grant },
    behaviour: { pattern: "unknown", surprise: 0, why: "", ...more.behaviour },
    risk: { level: "unknown", rank: 0, reasons: [], ...more.risk },
    corporate: { present: false, issuer: "", subject: "", groups: [], ...more.corporate },
    index: { block: 100, time: 1_800_000_000, lag: 2, ...more.index },
  };
  const origin = { source: "a test", at: facts.index.time, age: 0 };
  const groups = Object.keys(facts) as (keyof Facts)[];
  return {
    facts,
    origins: Object.fromEntries(groups.map((group) => [group, origin])) as unknown as GatheredFacts["origins"],
    blocks: [],
    hash: hashOf(facts),
    principal: "eip155:1/erc721:0x00000000000000000000000000000000000000ab/7",
    periodEnd: undefined,
    clockOffset: 0,
  };
}
