import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { Addressable, TypedDataDomain, TypedDataField } from "ethers";
import type { IdentityRegistry, VouchRegistry } from "../../types/ethers-contracts/index.js";

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
  { name: "nonce", type: "uint256" },
  { name: "deadline", type: "uint256" },
];

/** A vouch is given to a key of the subject; a warning is not. */
const VOUCH = WARN.flatMap((field) =>
  field.name === "keyEpoch" ? [field, { name: "subjectKeyEpoch", type: "uint8" }] : [field],
);

const REVOKE: TypedDataField[] = [
  { name: "voucherId", type: "uint256" },
  { name: "subjectId", type: "uint256" },
  { name: "keyEpoch", type: "uint8" },
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
  /** Of a vouch; a warning does not bind it. */
  subjectKeyEpoch: bigint;
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
  { voucherId, subjectId }: { voucherId: bigint; subjectId: bigint },
): Promise<Binding> {
  const { owner, keyEpoch } = await identities.identityOf(voucherId);
  const { keyEpoch: subjectKeyEpoch } = await identities.identityOf(subjectId);
  return { keyEpoch, subjectKeyEpoch, nonce: await vouches.nonces(owner), domain: await vouchDomain(vouches) };
}

export function signOffer(
  kind: "Vouch" | "Warn",
  signer: TypedDataSigner,
  offer: Offer,
  { domain, keyEpoch, subjectKeyEpoch, nonce }: Binding,
  deadline: bigint,
): Promise<string> {
  const terms = { ...offer, keyEpoch, nonce, deadline };
  return kind === "Warn"
    ? signer.signTypedData(domain, warnTypes, terms)
    : signer.signTypedData(domain, vouchTypes, { ...terms, subjectKeyEpoch });
}

export function signRevoke(
  signer: TypedDataSigner,
  voucherId: bigint,
  subjectId: bigint,
  { domain, keyEpoch, nonce }: Binding,
  deadline: bigint,
): Promise<string> {
  return signer.signTypedData(domain, revokeTypes, { voucherId, subjectId, keyEpoch, nonce, deadline });
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
      { name: "newOwner", type: "address" },
      { name: "keyEpoch", type: "uint8" },
      { name: "deadline", type: "uint256" },
    ],
  };
  const { keyEpoch } = await identities.identityOf(agentId);
  const message = { agentId, newOwner: newOwner.address, keyEpoch, deadline };
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
