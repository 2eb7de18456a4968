// Agents whose facts are in memory, as an index has them: what a node takes is not what is measured.
import { type Profile, productionParameters, type Reader } from "@tenure/sdk";
import type { AccessQuestion } from "@tenure/server";
import { createFacts, type FactsGatherer } from "@tenure/server/facts";

const REGISTRY = `0x${"2".padStart(40, "0")}`;

/** Agents that ask. */
export const AGENTS = 100;

const addressOf = (id: number): `0x${string}` => `0x${id.toString(16).padStart(40, "0")}`;

function profileOf(id: number, now: number): Profile {
  return {
    id,
    status: "active",
    owner: addressOf(id),
    ownerKind: "key",
    isDelegated: false,
    isArbiter: false,
    wallet: addressOf(id),
    guardian: undefined,
    keyEpoch: 0,
    keySince: now - 10_000_000,
    firstSeen: now - 20_000_000,
    lastSeen: now - 1_000,
    tenure: 15_000_000,
    pending: undefined,
    standing: 170,
    staked: 20,
    burned: 0,
    free: 150,
    scars: 0,
    support: 40,
    opposition: 0,
    key: undefined,
    role: "none",
  };
}

/** Facts of agents that one anchor vouches for. */
export function factsInMemory(): FactsGatherer {
  const now = Math.floor(Date.now() / 1_000);
  const reader: Reader = {
    head: async () => {
      const block = Math.floor(Date.now() / 12_000);
      return { number: BigInt(block), hash: `0x${block.toString(16).padStart(64, "0")}`, timestamp: block * 12 };
    },
    key: async ({ address }) => ({ id: Number(address), role: "owner", since: now - 10_000_000 }),
    identity: async ({ id = 0 }) => profileOf(id, now),
    profile: async ({ id = 0 }) => profileOf(id, now),
    vouch: async ({ voucherId, subjectId }) => ({
      ...{ voucherId, subjectId, arbiterId: undefined, stance: "for", state: "active" },
      ...{ isActive: true, isBurnable: false, stake: 10, since: now - 1_000_000, endPeriod: 9, releasePeriod: 9 },
      ...{
        subjectKeyEpoch: 0,
        voucherKeyEpoch: 0,
        voucherStatus: "active",
        voucherRekeyed: false,
        arbiterStatus: "unknown",
      },
    }),
    vouchers: async function* () {},
    vouchesBy: async function* () {},
  };
  const chain = { chainId: 1, registry: REGISTRY, reader, anchors: [1], periods: productionParameters, maxLag: 60 };
  return createFacts({ chains: [chain] });
}

/** What one of the agents asks, about one of many resources. */
export function questionBy(agent: number, resource: string, action = "read"): AccessQuestion {
  const principal = `eip155:1:${addressOf(agent + 2)}`;
  return {
    tenant: "bench",
    subject: { type: "agent", id: principal },
    action: { name: action },
    resource: { type: "document", id: resource },
    context: {},
    proof: {
      ...{ scheme: "erc8128", binding: "request-bound", replayable: false, principal, signer: principal },
      ...{ signerKind: "account", grants: [], permissions: undefined },
    },
    askedBy: "gateway",
  };
}
