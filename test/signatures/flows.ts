import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import {
  type BaseContract,
  type ContractTransactionResponse,
  type TypedDataDomain,
  TypedDataEncoder,
  type TypedDataField,
  ZeroAddress,
} from "ethers";
import { TYPES } from "../../verification/model/program/signing.ts";
import { freeNonce } from "../utils/nonces.ts";
import { TOPIC, type World } from "../utils/vouchWorld.ts";

/** Whoever can sign, and has an address. */
export type Key = Pick<HardhatEthersSigner, "signTypedData">;

/** What one call is about. Every message takes its fields from here, so that two messages differ in their type alone. */
export interface Case {
  /** Whose consent is asked for. */
  who: string;
  /** The identity that acts, and its owner, who sends what only an owner may send. */
  agentId: bigint;
  owner: HardhatEthersSigner;
  deadline: bigint;
  values: Record<string, bigint | string>;
}

/** A function that takes a signature. */
export interface Flow {
  name: "registerFor" | "pulseFor" | "setAgentWallet" | "rotateKey" | "vouchFor" | "warnFor" | "revokeFor";
  primaryType: string;
  registry: "identities" | "vouches";
  /** Whether it asks a key that nobody used before, or the owner of the identity. */
  asks: "newcomer" | "owner";
  send(world: World, about: Case, signature: string): Promise<ContractTransactionResponse>;
}

/** Enough for every honest call, and little enough for accounts that burn all they get. */
const GAS = { gasLimit: 2_000_000n };
const URI = "ipfs://agent";

const offerIn = ({ values }: Case) => ({
  voucherId: values.voucherId as bigint,
  subjectId: values.subjectId as bigint,
  stake: values.stake as bigint,
  periods: values.periods as bigint,
  arbiterId: values.arbiterId as bigint,
  topic: values.topic as string,
  evidence: values.evidence as string,
});

export const flows: Flow[] = [
  {
    name: "registerFor",
    primaryType: "Register",
    registry: "identities",
    asks: "newcomer",
    send: ({ identities, relayer }, { who, values, deadline }, signature) =>
      identities.connect(relayer).registerFor(who, URI, values.nonce as bigint, deadline, signature, GAS),
  },
  {
    name: "pulseFor",
    primaryType: "Pulse",
    registry: "identities",
    asks: "owner",
    send: ({ identities, relayer }, { agentId, values, deadline }, signature) =>
      identities.connect(relayer).pulseFor(agentId, values.checkpoint as string, deadline, signature, GAS),
  },
  {
    name: "setAgentWallet",
    primaryType: "AgentWalletSet",
    registry: "identities",
    asks: "newcomer",
    send: ({ identities }, { who, agentId, owner, deadline }, signature) =>
      identities.connect(owner).setAgentWallet(agentId, who, deadline, signature, GAS),
  },
  {
    name: "rotateKey",
    primaryType: "RotateKey",
    registry: "identities",
    asks: "newcomer",
    send: ({ identities }, { who, agentId, owner, deadline }, signature) =>
      identities.connect(owner).rotateKey(agentId, who, deadline, signature, GAS),
  },
  {
    name: "vouchFor",
    primaryType: "Vouch",
    registry: "vouches",
    asks: "owner",
    send: ({ vouches, relayer }, about, signature) =>
      vouches.connect(relayer).vouchFor(offerIn(about), about.values.nonce as bigint, about.deadline, signature, GAS),
  },
  {
    name: "warnFor",
    primaryType: "Warn",
    registry: "vouches",
    asks: "owner",
    send: ({ vouches, relayer }, about, signature) =>
      vouches
        .connect(relayer)
        .warnFor(
          offerIn(about),
          about.values.subjectKey as string,
          about.values.nonce as bigint,
          about.deadline,
          signature,
          GAS,
        ),
  },
  {
    name: "revokeFor",
    primaryType: "Revoke",
    registry: "vouches",
    asks: "owner",
    send: ({ vouches, relayer }, { values, deadline }, signature) =>
      vouches
        .connect(relayer)
        .revokeFor(
          values.voucherId as bigint,
          values.subjectId as bigint,
          values.nonce as bigint,
          deadline,
          signature,
          GAS,
        ),
  },
];

/** What a call is about, with the values that are right for it now; what is staked is for or against the last one. */
export async function caseOf(
  { identities, vouches, ben }: World,
  { registry }: Flow,
  who: string,
  agent: { id: bigint; owner: HardhatEthersSigner },
  deadline: bigint,
  about: { id: bigint } = ben,
): Promise<Case> {
  const { owner, keyEpoch, lastSeen } = await identities.identityOf(agent.id);
  const { since } = await vouches.vouchOf(agent.id, about.id);
  const subject = await identities.identityOf(about.id);
  const nonce = await freeNonce(registry === "identities" ? identities : vouches, who);
  const parties = { owner, newWallet: who, newOwner: who, agentId: agent.id, voucherId: agent.id, subjectId: about.id };
  const terms = {
    stake: 10n,
    periods: 1n,
    arbiterId: 0n,
    topic: TOPIC,
    evidence: URI,
    agentURI: URI,
    checkpoint: TOPIC,
  };
  const subjects = { subjectOwner: subject.owner, subjectKey: subject.owner, arbiterOwner: ZeroAddress };
  const binding = { ...subjects, keyEpoch, lastSeen, since, nonce, deadline };
  return { who, agentId: agent.id, owner: agent.owner, deadline, values: { ...parties, ...terms, ...binding } };
}

export async function domainOf(registry: BaseContract): Promise<TypedDataDomain> {
  const [, name, version, chainId, verifyingContract] = await registry.getFunction("eip712Domain").staticCall();
  return { name, version, chainId, verifyingContract };
}

/** What the message of a flow about this says. In `Register` the owner is who registers. */
function messageOf(flow: Flow, about: Case, changes: Case["values"] = {}) {
  const fields: TypedDataField[] = TYPES[flow.primaryType] ?? [];
  const owner = flow.name === "registerFor" ? about.who : about.values.owner;
  const values: Record<string, unknown> = { ...about.values, owner, ...changes };
  return {
    types: { [flow.primaryType]: fields },
    values: Object.fromEntries(fields.map(({ name }) => [name, values[name]])),
  };
}

/** The message of a flow about this, signed. */
export async function sign(
  world: World,
  flow: Flow,
  about: Case,
  key: Key,
  changes: { domain?: TypedDataDomain; values?: Case["values"] } = {},
): Promise<string> {
  const { types, values } = messageOf(flow, about, changes.values);
  return key.signTypedData(changes.domain ?? (await domainOf(world[flow.registry])), types, values);
}

/** What its signer makes void to make a message void: its nonce or, where it has none, its digest. */
export async function nonceOf(world: World, flow: Flow, about: Case): Promise<bigint> {
  const { types, values } = messageOf(flow, about);
  if ("nonce" in values) return values.nonce as bigint;
  return BigInt(TypedDataEncoder.hash(await domainOf(world[flow.registry]), types, values));
}
