// Who signs and who verifies in this benchmark, without a node: what a node takes is not what is measured.
import { memoryReplayStore, type StatusSource, type VerifierOptions } from "@tenure/http-auth";
import { type Address, createClient, custom } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { mainnet } from "viem/chains";

export const URL_OF_REQUESTS = "https://api.example/items?page=1";

export const account = privateKeyToAccount(`0x${"1".padStart(64, "0")}`);

const REGISTRY: Address = `0x${"2".padStart(40, "0")}`;

/** A chain on which nobody has code. */
const client = createClient({ chain: mainnet, transport: custom({ request: async () => "0x" }) });

/** A registry that knows of no revocation, as an index in memory does. */
const status: StatusSource = { statuses: (questions) => questions.map(() => ({ isRevoked: false, epoch: 0n })) };

/** Identities in memory: the account is the owner of one. */
const reader: VerifierOptions["reader"] = {
  key: async () => ({ id: 1, role: "owner" }),
  identity: async () => ({ id: 1, status: "active", owner: account.address, wallet: undefined, keyEpoch: 0 }),
};

/** A verifier's options, with memory for everything. */
export function options(more: Partial<VerifierOptions> = {}): VerifierOptions {
  return {
    clients: [client],
    origins: ["https://api.example"],
    replay: memoryReplayStore({ capacity: 10_000_000 }),
    delegation: { registries: { 1: REGISTRY }, status },
    reader,
    policy: { delegation: true, permissions: ["read"], decide: ({ identity }) => identity?.status === "active" },
    ...more,
  };
}
