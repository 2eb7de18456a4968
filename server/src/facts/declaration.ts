/** What a fact can be. `integer` is exact to 2^53; Cedar has no other number that can be compared. */
export type FactKind = "boolean" | "integer" | "text" | "integers" | "texts";

/** How the passing of time alone moves a fact: a second more or less each second, or not at all. */
export type FactDrift = 1 | -1 | undefined;

/** One fact. */
export interface FactDeclaration {
  readonly kind: FactKind;
  readonly unit: string;
  readonly meaning: string;
  /** Left out where time alone does not change it. */
  readonly drift?: FactDrift;
  /** Whether the end of a period of the registry can change it, which no event tells. */
  readonly periodic?: true;
}

/** Facts that come from one place. */
export interface FactGroupDeclaration {
  readonly source: string;
  readonly facts: Readonly<Record<string, FactDeclaration>>;
}

/** Every fact there is: the types, the Cedar schema and the table in the README are made of this and of nothing else. */
export const factDeclaration = {
  identity: {
    source: "the registry of identities, at the block",
    facts: {
      known: { kind: "boolean", unit: "", meaning: "whether the registry has such an identity" },
      chain: { kind: "integer", unit: "EIP-155 id", meaning: "the chain; 0 where unknown" },
      registry: { kind: "text", unit: "address, lower case", meaning: "the registry; empty where unknown" },
      id: { kind: "integer", unit: "", meaning: "its number; 0 where unknown" },
      status: { kind: "text", unit: "", meaning: "`unknown`, `active`, `suspended` or `retired`" },
      role: {
        kind: "text",
        unit: "",
        meaning: "what the proven account is to it: `none`, `owner`, `wallet` or `former`",
      },
      ownerKind: { kind: "text", unit: "", meaning: "`key`, `unproven`, or empty where there is no owner" },
      age: { kind: "integer", unit: "seconds", meaning: "since it was registered", drift: 1 },
      tenure: { kind: "integer", unit: "seconds", meaning: "witnessed: only check-ins add to it" },
      keyAge: {
        kind: "integer",
        unit: "seconds",
        meaning: "since its key took over, and a wallet that calls was set",
        drift: 1,
      },
      keyEpoch: { kind: "integer", unit: "", meaning: "how many times its key changed" },
      silence: { kind: "integer", unit: "seconds", meaning: "since its last check-in", drift: 1 },
      pending: {
        kind: "text",
        unit: "",
        meaning: "the change that waits: `guardian`, `recovery`, `retirement`, or empty",
      },
    },
  },
  stakes: {
    source: "the registry of vouches, at the block",
    facts: {
      support: { kind: "integer", unit: "points", meaning: "staked for it, given to its current key", periodic: true },
      opposition: { kind: "integer", unit: "points", meaning: "staked against it", periodic: true },
      standing: { kind: "integer", unit: "points", meaning: "its own, which only check-ins earn" },
      staked: { kind: "integer", unit: "points", meaning: "its own that are locked", periodic: true },
      free: { kind: "integer", unit: "points", meaning: "its own that it can stake", periodic: true },
      burned: { kind: "integer", unit: "points", meaning: "its own that were burned, ever" },
      scars: { kind: "integer", unit: "", meaning: "how many times an arbiter burned a stake of it, up to 255" },
      vouching: {
        kind: "integers",
        unit: "numbers of identities",
        meaning: "which of the platform's anchors, active themselves, vouch for it now",
        periodic: true,
      },
      vouchingCount: { kind: "integer", unit: "", meaning: "how many those are", periodic: true },
      vouchingStake: { kind: "integer", unit: "points", meaning: "what those stake together", periodic: true },
      warning: {
        kind: "integers",
        unit: "numbers of identities",
        meaning: "which of the platform's anchors, active themselves, warn about it now",
        periodic: true,
      },
      warningCount: { kind: "integer", unit: "", meaning: "how many those are", periodic: true },
      warningStake: { kind: "integer", unit: "points", meaning: "what those stake together", periodic: true },
    },
  },
  trust: {
    source: "trust that flows from the platform's anchors",
    facts: {
      verdict: { kind: "text", unit: "", meaning: "`unknown`, `supported` or `distrusted`" },
      score: { kind: "integer", unit: "millionths", meaning: "from -1000000 to 1000000; 0 where unknown" },
      flow: { kind: "integer", unit: "millionths", meaning: "of all trust, what reaches it; 0 where unknown" },
    },
  },
  proof: {
    source: "the signature of the request, as it was verified",
    facts: {
      scheme: { kind: "text", unit: "", meaning: "`erc8128`, `erc8395`, or `asserted` where nobody checked" },
      binding: { kind: "text", unit: "", meaning: "`request-bound`, `class-bound` or `none`" },
      replayable: { kind: "boolean", unit: "", meaning: "whether the same signature may come again" },
      signerKind: { kind: "text", unit: "", meaning: "`account` or `session`" },
      sessionAge: {
        kind: "integer",
        unit: "seconds",
        meaning: "since the last grant began; 0 without grants",
        drift: 1,
      },
    },
  },
  grant: {
    source: "the grants of the request, as they were verified",
    facts: {
      delegated: { kind: "boolean", unit: "", meaning: "whether somebody acts by grants of the account" },
      depth: { kind: "integer", unit: "", meaning: "how many grants lead to the signer" },
      limited: { kind: "boolean", unit: "", meaning: "whether anything narrows what the signer may do" },
      permissions: { kind: "texts", unit: "", meaning: "what all grants together permit" },
      timeLeft: {
        kind: "integer",
        unit: "seconds",
        meaning: "until the first grant ends; 0 without grants",
        drift: -1,
      },
      handles: { kind: "texts", unit: "", meaning: "the grants, as the registry of revocations knows them" },
    },
  },
  behaviour: {
    source: "the platform's profile of what the agent does",
    facts: {
      pattern: { kind: "text", unit: "", meaning: "`usual`, `unusual` or `unknown`" },
      surprise: {
        kind: "integer",
        unit: "thousandths of a bit",
        meaning: "how unexpected the action is; 0 where unknown",
      },
      why: { kind: "text", unit: "", meaning: "what is unexpected, in words" },
    },
  },
  risk: {
    source: "signals about the subject, from here and from others",
    facts: {
      level: { kind: "text", unit: "", meaning: "`unknown`, `low`, `medium` or `high`" },
      rank: { kind: "integer", unit: "", meaning: "the same to compare: 0, 1, 2, 3" },
      reasons: { kind: "texts", unit: "", meaning: "why" },
    },
  },
  corporate: {
    source: "the enterprise token in the same request, as it was verified",
    facts: {
      present: { kind: "boolean", unit: "", meaning: "whether there is one that holds" },
      issuer: { kind: "text", unit: "URL", meaning: "who issued it; empty without one" },
      subject: { kind: "text", unit: "", meaning: "whom it names; empty without one" },
      groups: { kind: "texts", unit: "", meaning: "in which groups the issuer has them" },
    },
  },
  index: {
    source: "the block that the chain's facts are of",
    facts: {
      block: { kind: "integer", unit: "", meaning: "its number; 0 where no chain was asked" },
      time: { kind: "integer", unit: "unix seconds", meaning: "its time" },
      lag: { kind: "integer", unit: "seconds", meaning: "how old it was when it was first seen here" },
    },
  },
} as const satisfies Readonly<Record<string, FactGroupDeclaration>>;
