import { ZeroAddress } from "ethers";
import { requireToken } from "../rules/approvals.ts";
import { nonceOf } from "../rules/consent.ts";
import { find, isOperator, isWallet } from "../rules/lookups.ts";
import { waiting } from "../rules/pending.ts";
import { refuse } from "../rules/refusal.ts";
import { type Agent, KeyRole, type State, Status } from "../rules/state.ts";
import { tenureOf } from "../rules/tenure.ts";
import { readFile, registrationFile } from "./registrationFile.ts";
import type { View } from "./view.ts";

export const METADATA_KEYS = ["model", "", "agentWallet"];

/** What getAgentWallet answers: the owner where no wallet is set. */
function effectiveWallet(agent: Agent | undefined): string {
  if (agent === undefined) return ZeroAddress;
  return agent.wallet === ZeroAddress ? agent.owner : agent.wallet;
}

/** Every field of `identityOf`, in the order of the struct. */
export function identityFields(state: State, id: bigint): unknown[] {
  const agent = find(state, id);
  if (agent === undefined) {
    return [0n, ZeroAddress, ZeroAddress, ZeroAddress, Status.None, 0n, 0n, 0n, 0n, 0n, [0n, ZeroAddress, 0n]];
  }
  const { owner, guardian, status, keyEpoch, firstSeen, lastSeen } = agent;
  const pending = waiting(state, agent);
  const keySince = state.keys.get(owner)?.since ?? 0n;
  const change = [pending.kind, pending.candidate, pending.readyAt];
  const times = [keySince, firstSeen, lastSeen, tenureOf(state, agent)];
  return [id, owner, effectiveWallet(agent), guardian, status, keyEpoch, ...times, change];
}

function metadataOf(agent: Agent | undefined, key: string): string {
  if (key !== "agentWallet") return agent?.metadata.get(key) ?? "0x";
  const wallet = effectiveWallet(agent);
  return wallet === ZeroAddress ? "0x" : wallet.toLowerCase();
}

/** The packed record, taken apart by its drawing: owner, first and last seen, key epoch, status, whether time was lost. */
function recordFields(agent: Agent | undefined): unknown[] {
  if (agent === undefined) return [ZeroAddress, 0n, 0n, 0n, 0n, 0n];
  const { owner, firstSeen, lastSeen, keyEpoch, status, lost } = agent;
  return [owner, firstSeen, lastSeen, keyEpoch, status, lost > 0n ? 1n : 0n];
}

function takeApart(word: unknown): unknown[] {
  if (typeof word !== "bigint") throw new TypeError("not a record");
  const owner = `0x${BigInt.asUintN(160, word).toString(16).padStart(40, "0")}`;
  const field = (at: bigint, width: number) => BigInt.asUintN(width, word >> at);
  return [owner, field(160n, 40), field(200n, 40), field(240n, 8), field(248n, 2), word >> 250n];
}

const lowered = ([owner, ...rest]: unknown[]): unknown[] => [String(owner).toLowerCase(), ...rest];

function ofNumber(id: bigint): View[] {
  const view = (name: string, expected: View["expected"], ...more: unknown[]): View => {
    return { contract: "identities", name, args: [id, ...more], expected };
  };
  const token = (read: (agent: Agent) => unknown) => (state: State) => [read(requireToken(state, id))];
  return [
    view("identityOf", (state) => [identityFields(state, id)]),
    { ...view("getRecord", (state) => lowered(recordFields(find(state, id)))), read: ([word]) => takeApart(word) },
    view("firstSeen", (state) => [find(state, id)?.firstSeen ?? 0n]),
    view("lastSeen", (state) => [find(state, id)?.lastSeen ?? 0n]),
    view("ageOf", (state) => [state.now - (find(state, id)?.firstSeen ?? state.now)]),
    view("tenureOf", (state) => [tenureOf(state, find(state, id))]),
    view("getAgentWallet", (state) => [effectiveWallet(find(state, id))]),
    view(
      "ownerOf",
      token(({ owner }) => owner),
    ),
    view(
      "getApproved",
      token(({ approved }) => approved),
    ),
    view(
      "locked",
      token(() => true),
    ),
    {
      ...view("tokenURI", (state) => registrationFile(state, requireToken(state, id))),
      read: ([uri]) => readFile(String(uri)),
    },
    ...METADATA_KEYS.flatMap((key) =>
      ["getMetadata", "metadata"].map((name) => view(name, (state) => [metadataOf(find(state, id), key)], key)),
    ),
  ];
}

function ofAddress(address: string): View[] {
  const view = (name: string, expected: View["expected"]): View => {
    return { contract: "identities", name, args: [address], expected };
  };
  const nonce = (contract: "identities" | "vouches"): View => {
    return { contract, name: "nonces", args: [address], expected: (state) => [nonceOf(state, contract, address)] };
  };
  return [
    view("resolve", ({ keys }) => {
      const { id, role, since } = keys.get(address) ?? { id: 0n, role: KeyRole.None, since: 0n };
      return [id, role, since];
    }),
    view("balanceOf", ({ keys }) => {
      if (address === ZeroAddress) refuse("ERC721InvalidOwner", address);
      return [keys.get(address)?.role === KeyRole.Owner ? 1n : 0n];
    }),
    nonce("identities"),
    nonce("vouches"),
  ];
}

export function identityViews(ids: bigint[], addresses: string[]): View[] {
  const authorized = (address: string, id: bigint): View => ({
    contract: "identities",
    name: "isAuthorizedOrOwner",
    args: [address, id],
    expected: (state) => {
      const agent = requireToken(state, id);
      return [address === agent.owner || isWallet(agent, address) || isOperator(state, agent, address)];
    },
  });
  const operator = (owner: string, account: string): View => ({
    contract: "identities",
    name: "isApprovedForAll",
    args: [owner, account],
    expected: ({ operators }) => [operators.has(`${owner}>${account}`)],
  });
  const pair = (voucherId: bigint, subjectId: bigint): View => ({
    contract: "identities",
    name: "identityPair",
    args: [voucherId, subjectId],
    expected: (state) => [
      lowered(recordFields(find(state, voucherId))),
      find(state, voucherId)?.lost ?? 0n,
      lowered(recordFields(find(state, subjectId))),
    ],
    read: ([voucher, lost, subject]) => [takeApart(voucher), lost, takeApart(subject)],
  });
  const total = (name: string, expected: View["expected"]): View => {
    return { contract: "identities", name, args: [], expected };
  };
  return [
    total("totalRegistered", ({ agents }) => [BigInt(agents.length)]),
    total("totalSupply", ({ agents }) => [BigInt(agents.filter(({ status }) => status !== Status.Retired).length)]),
    ...ids.flatMap(ofNumber),
    ...addresses.flatMap(ofAddress),
    ...addresses.flatMap((address) => ids.map((id) => authorized(address, id))),
    ...addresses.flatMap((owner) => addresses.map((account) => operator(owner, account))),
    ...ids.flatMap((voucher) => ids.map((subject) => pair(voucher, subject))),
  ];
}
