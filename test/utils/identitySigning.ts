import { type Addressable, resolveAddress, type Signer, type TypedDataDomain, type TypedDataField } from "ethers";
import type { IdentityRegistry } from "../../types/ethers-contracts/index.js";
import { DAY, ethers, MINUTE, now } from "./identity.ts";
import { freeNonce } from "./nonces.ts";

type Types = Record<string, TypedDataField[]>;

/** What the registry lets people sign, written down from the standard and the design and not from its code. */
export const REGISTER: Types = {
  Register: [
    { name: "owner", type: "address" },
    { name: "agentURI", type: "string" },
    { name: "nonce", type: "uint256" },
    { name: "deadline", type: "uint256" },
  ],
};
export const PULSE: Types = {
  Pulse: [
    { name: "agentId", type: "uint256" },
    { name: "owner", type: "address" },
    { name: "checkpoint", type: "bytes32" },
    { name: "lastSeen", type: "uint40" },
    { name: "deadline", type: "uint256" },
  ],
};
export const ROTATE_KEY: Types = {
  RotateKey: [
    { name: "agentId", type: "uint256" },
    { name: "owner", type: "address" },
    { name: "newOwner", type: "address" },
    { name: "keyEpoch", type: "uint8" },
    { name: "deadline", type: "uint256" },
  ],
};
export const AGENT_WALLET_SET: Types = {
  AgentWalletSet: [
    { name: "agentId", type: "uint256" },
    { name: "newWallet", type: "address" },
    { name: "owner", type: "address" },
    { name: "deadline", type: "uint256" },
  ],
};

export async function domainOf(registry: IdentityRegistry): Promise<TypedDataDomain> {
  return {
    name: "ERC8004IdentityRegistry",
    version: "1",
    chainId: (await ethers.provider.getNetwork()).chainId,
    verifyingContract: await registry.getAddress(),
  };
}

interface WalletConsent {
  agentId: bigint;
  newWallet: string;
  owner: Addressable | string;
  deadline: bigint;
}

export async function signWallet(registry: IdentityRegistry, signer: Signer, consent: WalletConsent): Promise<string> {
  const owner = await resolveAddress(consent.owner);
  return signer.signTypedData(await domainOf(registry), AGENT_WALLET_SET, { ...consent, owner });
}

/** Sets `wallet` as the wallet of an identity, with its consent; `as` sends. */
export async function giveWallet(registry: IdentityRegistry, as: Signer, agentId: bigint, wallet: Signer) {
  const deadline = (await now()) + MINUTE;
  const newWallet = await wallet.getAddress();
  const owner = await registry.ownerOf(agentId);
  const signature = await signWallet(registry, wallet, { agentId, newWallet, owner, deadline });
  return registry.connect(as).setAgentWallet(agentId, newWallet, deadline, signature);
}

/** Hands an identity to `newOwner`, with its consent; `as` sends. */
export async function rotate(registry: IdentityRegistry, as: Signer, agentId: bigint, newOwner: Signer) {
  const deadline = (await now()) + 365n * DAY;
  const { owner, keyEpoch } = await registry.identityOf(agentId);
  const message = { agentId, owner, newOwner: await newOwner.getAddress(), keyEpoch, deadline };
  const signature = await newOwner.signTypedData(await domainOf(registry), ROTATE_KEY, message);
  return registry.connect(as).rotateKey(agentId, newOwner, deadline, signature, { gasLimit: 400_000 });
}

interface CheckIn {
  agentId: bigint;
  owner: string;
  checkpoint: string;
  lastSeen: bigint;
  deadline: bigint;
}

export async function signPulse(registry: IdentityRegistry, signer: Signer, checkIn: CheckIn): Promise<string> {
  return signer.signTypedData(await domainOf(registry), PULSE, { ...checkIn });
}

/** Registers `owner`, with its consent; `as` sends. */
export async function registerBySignature(registry: IdentityRegistry, as: Signer, owner: Signer, agentURI: string) {
  const deadline = (await now()) + 365n * DAY;
  const address = await owner.getAddress();
  const nonce = await freeNonce(registry, address);
  const message = { owner: address, agentURI, nonce, deadline };
  const signature = await owner.signTypedData(await domainOf(registry), REGISTER, message);
  return registry.connect(as).registerFor(owner, agentURI, nonce, deadline, signature);
}
