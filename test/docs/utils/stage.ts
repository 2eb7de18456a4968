// The world in which the examples of the SDK's documentation play. They speak of identities 1, 7 and 9: `client` owns 7,
// `arbiter` owns 1, and whoever else is named there has a key and some ether here.
import { type PeriodClock, shortParameters, tenurePublicActions, tenureWalletActions } from "@tenure/sdk";
import { buildTrustGraph, solve, type Trust, type TrustGraph } from "@tenure/sdk/trust";
import {
  type Address,
  type Chain,
  createClient,
  type Hex,
  http,
  publicActions,
  testActions,
  walletActions,
} from "viem";
import { type HDAccount, mnemonicToAccount } from "viem/accounts";
import { hardhat } from "viem/chains";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";

const WORDS = "test test test test test test test test test test test junk";

/** How long, so that everybody has twice the points that the examples stake. */
const HALF_AN_HOUR = 1_800;

/** Somebody with a key: viem's actions and Tenure's. */
export type Actor = ReturnType<typeof actor>;

function actor(url: string, addressIndex: number) {
  const account = mnemonicToAccount(WORDS, { addressIndex });
  return createClient({ account, chain: hardhat, transport: http(url), pollingInterval: 20 })
    .extend(publicActions)
    .extend(walletActions)
    .extend(testActions({ mode: "hardhat" }))
    .extend(tenurePublicActions())
    .extend(tenureWalletActions());
}

/** The names that examples use without saying where they come from. */
export interface Names {
  /** The owner of identity 7, under each name that is apt. */
  client: Actor;
  owner: Actor;
  voucher: Actor;
  walletClient: Actor;
  arbiter: Actor;
  /** Somebody with ether. */
  payer: Actor;
  /** Keys that nobody knows here yet. */
  agent: Actor;
  nextKey: Actor;
  hotKey: Actor;
  guardian: Actor;
  candidate: Actor;
  /** An owner's. */
  address: Address;
  /** A grant, as the registry of revocations knows it. */
  handle: Hex;
  /** A token contract, where an example needs one. */
  agentRegistry: Address;
  /** An account and a chain for clients that an example makes. */
  account: HDAccount;
  chain: Chain;
  signal: AbortSignal;
  response: Response;
  /** What a scene provides where an example needs it. */
  log: { topics: readonly [Hex, ...Hex[]]; data: Hex; args: { edge: bigint } };
  word: bigint;
  code: Hex;
  initCode: Hex;
  data: Hex;
  text: string;
  error: unknown;
  request: Parameters<Actor["writeContract"]>[0];
  expiry: number;
  clock: PeriodClock;
  /** Four identities: the anchors 1 to 3, and 42, for whom two of them vouch. */
  graph: TrustGraph;
  trust: Trust;
  now: number;
  caller: Address;
  fromBlock: bigint;
  ipfsGateway: string;
  /** Told instead of a terminal. */
  console: Pick<Console, "log" | "error">;
}

/** What a scene leaves to others. */
type Absent =
  | "agentRegistry"
  | "graph"
  | "trust"
  | "now"
  | "log"
  | "word"
  | "code"
  | "initCode"
  | "data"
  | "text"
  | "error"
  | "request"
  | "expiry"
  | "response";

/** An open world, and who is in it. */
export interface Stage {
  world: World;
  names: Omit<Names, Absent | "signal" | "console">;
  /** The owner of an identity. */
  ownerOf: (id: number) => Actor;
}

/** A graph of its own for each example: one changes it. */
export function trusting(): Pick<Names, "graph" | "trust" | "now"> {
  const now = 1_782_777_600;
  const since = 1_767_225_600;
  const graph = buildTrustGraph({
    edges: [
      { voucherId: 1, subjectId: 2, stake: 30, since },
      { voucherId: 2, subjectId: 42, stake: 10, since },
      { voucherId: 3, subjectId: 42, stake: 20, since },
    ],
    identities: [1, 2, 3, 42].map((id) => ({ id, standing: 100 })),
    now,
  });
  return { graph, trust: solve(graph, { anchors: [1, 2, 3] }), now };
}

export async function openStage(): Promise<Stage> {
  const world = await openWorld();
  const actors = Array.from({ length: 15 }, (_, index) => actor(world.url, index));
  const at = (index: number) => actors[index] as Actor;
  for (let id = 1; id <= 9; id++) await at(id).registerSync({});
  for (let times = 0; times < 2; times++) {
    await world.wait(HALF_AN_HOUR);
    for (let id = 1; id <= 9; id++) await at(id).pulseSync({ id });
  }
  await at(1).setArbitrationSync({ id: 1, isOpen: true });
  await world.mark();
  const client = at(7);
  const names = {
    ...{ client, owner: client, voucher: client, walletClient: client, arbiter: at(1), payer: at(0) },
    ...{ agent: at(10), nextKey: at(11), hotKey: at(12), guardian: at(13), candidate: at(14) },
    ...{ address: client.account.address, account: mnemonicToAccount(WORDS, { addressIndex: 10 }) },
    chain: { ...hardhat, rpcUrls: { default: { http: [world.url] } } },
    clock: shortParameters,
    ...{ caller: client.account.address, fromBlock: 0n, handle: `0x${"a1".repeat(32)}` as Hex },
    ipfsGateway: "https://ipfs.example/ipfs/",
  };
  return { world, names, ownerOf: at };
}
