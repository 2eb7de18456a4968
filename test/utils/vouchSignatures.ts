import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { Addressable, ContractTransactionResponse, TypedDataDomain, TypedDataField } from "ethers";
import type { IdentityRegistry, VouchRegistry } from "../../types/ethers-contracts/index.js";
import { freeNonce } from "./nonces.ts";

/** What `vouch` and `warn` take, by name; the struct of their twins by signature. */
export interface Offer {
  voucherId: bigint;
  subjectId: bigint;
  stake: bigint;
  periods: bigint;
  arbiterId: bigint;
  topic: string;
  evidence: string;
}

const WARN: TypedDataField[] = [
  { name: "voucherId", type: "uint256" },
  { name: "subjectId", type: "uint256" },
  { name: "stake", type: "uint256" },
  { name: "periods", type: "uint256" },
  { name: "arbiterId", type: "uint256" },
  { name: "topic", type: "bytes32" },
  { name: "evidence", type: "string" },
  { name: "keyEpoch", type: "uint8" },
  { name: "subjectKey", type: "address" },
  { name: "arbiterOwner", type: "address" },
  { name: "since", type: "uint40" },
  { name: "nonce", type: "uint256" },
  { name: "deadline", type: "uint256" },
];

/** A vouch is given to the present key of the subject; a warning to whoever has, or had, one of its keys. */
const VOUCH = WARN.map((field) => (field.name === "subjectKey" ? { ...field, name: "subjectOwner" } : field));

const REVOKE: TypedDataField[] = [
  { name: "voucherId", type: "uint256" },
  { name: "subjectId", type: "uint256" },
  { name: "keyEpoch", type: "uint8" },
  { name: "since", type: "uint40" },
  { name: "nonce", type: "uint256" },
  { name: "deadline", type: "uint256" },
];

/** Copied from the NatSpec of the interface, field by field; never from the contract. */
export const vouchTypes = { Vouch: VOUCH };
export const warnTypes = { Warn: WARN };
export const revokeTypes = { Revoke: REVOKE };

/** What a signature binds besides its message; a test overrides one to see it refused. */
export interface Binding {
  keyEpoch: bigint;
  /** The subject's owner; a warning may name a former one. */
  subjectKey: string;
  /** Zero where nobody was made arbiter. */
  arbiterOwner: string;
  /** The date of the edge that the pair has; zero where it has none. */
  since: bigint;
  nonce: bigint;
  domain: TypedDataDomain;
}

/** Any account that can sign typed data. */
export type TypedDataSigner = Pick<HardhatEthersSigner, "signTypedData">;

/** Asked of the chain, not of the contract. */
async function chainIdOf(contract: VouchRegistry | IdentityRegistry): Promise<bigint> {
  const network = await contract.runner?.provider?.getNetwork();
  if (network === undefined) throw new Error("the contract is connected to no chain");
  return network.chainId;
}

export async function vouchDomain(vouches: VouchRegistry): Promise<TypedDataDomain> {
  const chainId = await chainIdOf(vouches);
  return { name: "TenureVouchRegistry", version: "1", chainId, verifyingContract: await vouches.getAddress() };
}

async function identityDomain(identities: IdentityRegistry): Promise<TypedDataDomain> {
  const chainId = await chainIdOf(identities);
  return { name: "ERC8004IdentityRegistry", version: "1", chainId, verifyingContract: await identities.getAddress() };
}

/** The binding that is right now for a pair, whoever signs. */
export async function bindingOf(
  { identities, vouches }: { identities: IdentityRegistry; vouches: VouchRegistry },
  { voucherId, subjectId, arbiterId = 0n }: { voucherId: bigint; subjectId: bigint; arbiterId?: bigint },
): Promise<Binding> {
  const { owner, keyEpoch } = await identities.identityOf(voucherId);
  const { owner: subjectKey } = await identities.identityOf(subjectId);
  const { owner: arbiterOwner } = await identities.identityOf(arbiterId);
  const { since } = await vouches.vouchOf(voucherId, subjectId);
  const nonce = await freeNonce(vouches, owner);
  return { keyEpoch, subjectKey, arbiterOwner, since, nonce, domain: await vouchDomain(vouches) };
}

export function signOffer(
  kind: "Vouch" | "Warn",
  signer: TypedDataSigner,
  offer: Offer,
  { domain, keyEpoch, subjectKey, arbiterOwner, since, nonce }: Binding,
  deadline: bigint,
): Promise<string> {
  const terms = { ...offer, keyEpoch, arbiterOwner, since, nonce, deadline };
  return kind === "Warn"
    ? signer.signTypedData(domain, warnTypes, { ...terms, subjectKey })
    : signer.signTypedData(domain, vouchTypes, { ...terms, subjectOwner: subjectKey });
}

/** Sends a signed offer, as the nonce and the subject's key that it was signed with go along. */
export function sendOffer(
  vouches: VouchRegistry,
  kind: "Vouch" | "Warn",
  offer: Offer,
  { nonce, subjectKey }: Pick<Binding, "nonce" | "subjectKey">,
  deadline: bigint,
  signature: string,
  overrides: { gasLimit?: bigint } = {},
): Promise<ContractTransactionResponse> {
  return kind === "Vouch"
    ? vouches.vouchFor(offer, nonce, deadline, signature, overrides)
    : vouches.warnFor(offer, subjectKey, nonce, deadline, signature, overrides);
}

export function signRevoke(
  signer: TypedDataSigner,
  voucherId: bigint,
  subjectId: bigint,
  { domain, keyEpoch, since, nonce }: Binding,
  deadline: bigint,
): Promise<string> {
  return signer.signTypedData(domain, revokeTypes, { voucherId, subjectId, keyEpoch, since, nonce, deadline });
}

export async function signRotation(
  identities: IdentityRegistry,
  newOwner: HardhatEthersSigner,
  agentId: bigint,
  deadline: bigint,
): Promise<string> {
  const types = {
    RotateKey: [
      { name: "agentId", type: "uint256" },
      { name: "owner", type: "address" },
      { name: "newOwner", type: "address" },
      { name: "keyEpoch", type: "uint8" },
      { name: "deadline", type: "uint256" },
    ],
  };
  const { owner, keyEpoch } = await identities.identityOf(agentId);
  const message = { agentId, owner, newOwner: newOwner.address, keyEpoch, deadline };
  return newOwner.signTypedData(await identityDomain(identities), types, message);
}

export async function signWallet(
  identities: IdentityRegistry,
  wallet: HardhatEthersSigner,
  agent: { id: bigint; owner: Addressable },
  deadline: bigint,
): Promise<string> {
  const types = {
    AgentWalletSet: [
      { name: "agentId", type: "uint256" },
      { name: "newWallet", type: "address" },
      { name: "owner", type: "address" },
      { name: "deadline", type: "uint256" },
    ],
  };
  const message = { agentId: agent.id, newWallet: wallet.address, owner: await agent.owner.getAddress(), deadline };
  return wallet.signTypedData(await identityDomain(identities), types, message);
}

/** A check-in as the owner signs it now, after its last one. */
export async function signPulse(
  identities: IdentityRegistry,
  owner: TypedDataSigner,
  agentId: bigint,
  checkpoint: string,
  deadline: bigint,
): Promise<string> {
  const types = {
    Pulse: [
      { name: "agentId", type: "uint256" },
      { name: "owner", type: "address" },
      { name: "checkpoint", type: "bytes32" },
      { name: "lastSeen", type: "uint40" },
      { name: "deadline", type: "uint256" },
    ],
  };
  const { owner: named, lastSeen } = await identities.identityOf(agentId);
  const message = { agentId, owner: named, checkpoint, lastSeen, deadline };
  return owner.signTypedData(await identityDomain(identities), types, message);
}
