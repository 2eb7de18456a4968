import { ZeroAddress } from "ethers";
import { requireToken } from "../rules/approvals.ts";
import { isSpent } from "../rules/consent.ts";
import { find, isOperator } from "../rules/lookups.ts";
import { waiting } from "../rules/pending.ts";
import { refuse } from "../rules/refusal.ts";
import { type Agent, KeyRole, OwnerKind, type Registry, type State, Status } from "../rules/state.ts";
import { tenureOf } from "../rules/tenure.ts";
import { walletOf } from "../rules/wallet.ts";
import { readFile, registrationFile } from "./registrationFile.ts";
import type { View } from "./view.ts";

export const METADATA_KEYS = ["model", "", "agentWallet"];

/** What getAgentWallet answers. */
function effectiveWallet(agent: Agent | undefined): string {
  return agent === undefined ? ZeroAddress : walletOf(agent);
}

/** Nobody here delegates its code. */
function ownerFields(agent: Agent): unknown[] {
  const kind = agent.isKeyOwned ? OwnerKind.Key : OwnerKind.Unproven;
  return [agent.owner === ZeroAddress ? OwnerKind.None : kind, false, agent.arbitrates];
}

/** Every field of `identityOf`, in the order of the struct. */
export function identityFields(state: State, id: bigint): unknown[] {
  const agent = find(state, id);
  if (agent === undefined) {
    const times = [0n, 0n, 0n, 0n];
    const nothing = [Status.None, 0n, false, false, 0n, ...times, [0n, ZeroAddress, 0n]];
    return [0n, ZeroAddress, ZeroAddress, ZeroAddress, ...nothing];
  }
  const { owner, guardian, status, keyEpoch, firstSeen, lastSeen } = agent;
  const pending = waiting(state, agent);
  const keySince = state.keys.get(owner)?.since ?? 0n;
  const change = [pending.kind, pending.candidate, pending.readyAt];
  const times = [keySince, firstSeen, lastSeen, tenureOf(agent)];
  return [id, owner, effectiveWallet(agent), guardian, status, ...ownerFields(agent), keyEpoch, ...times, change];
}

function metadataOf(agent: Agent | undefined, key: string): string {
  if (key !== "agentWallet") return agent?.metadata.get(key) ?? "0x";
  return agent === undefined || agent.owner === ZeroAddress ? "0x" : walletOf(agent).toLowerCase();
}

/** The packed record, taken apart by its drawing: owner, start of tenure, last seen, key epoch, status, marks. */
function recordFields(agent: Agent | undefined): unknown[] {
  if (agent === undefined) return [ZeroAddress, 0n, 0n, 0n, 0n, 0n];
  const { owner, lastSeen, tenure, keyEpoch, status, isKeyOwned, arbitrates } = agent;
  const marks = (isKeyOwned && owner !== ZeroAddress ? 1n : 0n) + (arbitrates ? 2n : 0n);
  return [owner, lastSeen - tenure, lastSeen, keyEpoch, status, marks];
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
    view("tenureOf", (state) => [tenureOf(find(state, id))]),
    view("guardianOf", (state) => [find(state, id)?.guardian ?? ZeroAddress]),
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
      ...view("tokenURI", (state) => registrationFile(requireToken(state, id))),
      read: ([uri]) => readFile(String(uri)),
    },
    ...METADATA_KEYS.flatMap((key) =>
      ["getMetadata", "metadata"].map((name) => view(name, (state) => [metadataOf(find(state, id), key)], key)),
    ),
  ];
}

/** A bit for each nonce of the first word that is spent. */
function bitmapOf({ spent }: State, registry: Registry, owner: string): bigint {
  const first = [...(spent[registry].get(owner) ?? [])].filter((nonce) => nonce < 256n);
  return first.reduce((bitmap, nonce) => bitmap | (1n << nonce), 0n);
}

function ofAddress(address: string): View[] {
  const view = (name: string, expected: View["expected"]): View => {
    return { contract: "identities", name, args: [address], expected };
  };
  const nonces = (contract: "identities" | "vouches"): View[] => [
    { contract, name: "nonceBitmap", args: [address, 0n], expected: (state) => [bitmapOf(state, contract, address)] },
    ...[4n, 256n, 2n ** 256n - 1n].map((nonce): View => {
      const expected = (state: State) => [isSpent(state, contract, address, nonce)];
      return { contract, name: "isNonceUsed", args: [address, nonce], expected };
    }),
  ];
  return [
    view("resolve", ({ keys }) => {
      const { id, role, since } = keys.get(address) ?? { id: 0n, role: KeyRole.None, since: 0n };
      return [id, role, since];
    }),
    view("balanceOf", ({ keys }) => {
      if (address === ZeroAddress) refuse("ERC721InvalidOwner", address);
      return [keys.get(address)?.role === KeyRole.Owner ? 1n : 0n];
    }),
    ...nonces("identities"),
    ...nonces("vouches"),
  ];
}

export function identityViews(ids: bigint[], addresses: string[]): View[] {
  const authorized = (address: string, id: bigint): View => ({
    contract: "identities",
    name: "isAuthorizedOrOwner",
    args: [address, id],
    expected: (state) => {
      const agent = requireToken(state, id);
      return [address === agent.owner || isOperator(state, agent, address)];
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
    expected: (state) => [lowered(recordFields(find(state, voucherId))), lowered(recordFields(find(state, subjectId)))],
    read: ([voucher, subject]) => [takeApart(voucher), takeApart(subject)],
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
