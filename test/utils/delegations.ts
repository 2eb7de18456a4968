import { expect } from "chai";
import type { BaseContract, TypedDataDomain } from "ethers";
import type { DelegationRegistry } from "../../types/ethers-contracts/index.js";
import { ethers, type Signer } from "./identity.ts";
import type { SmartAccount } from "./vouchMocks.ts";

/** Handles of grants: the registry knows nothing else of them. */
export const GRANT = `0x${"11".repeat(32)}`;
export const OTHER_GRANT = `0x${"22".repeat(32)}`;

/** Where the standard's text has it (ERC-8395, section 5), copied from there and never from the contract. */
export const revocationTypes = {
  Revocation: [
    { name: "issuer", type: "address" },
    { name: "id", type: "bytes32" },
  ],
};

export interface DelegationScene {
  registry: DelegationRegistry;
  /** Two accounts with grants. */
  issuer: Signer;
  other: Signer;
  /** Sends what others signed. */
  relayer: Signer;
}

export async function delegationScene(): Promise<DelegationScene> {
  const registry = await ethers.deployContract("DelegationRegistry");
  const [issuer, other, relayer] = await ethers.getSigners();
  return { registry, issuer, other, relayer } as DelegationScene;
}

/** A smart account with one key, on the chain of these tests. */
export async function smartAccount(key: { address: string }): Promise<{ account: SmartAccount; address: string }> {
  const account = (await ethers.deployContract("VouchSmartAccount", [key.address])) as unknown as SmartAccount;
  return { account, address: await account.getAddress() };
}

export async function domainOf(registry: DelegationRegistry): Promise<TypedDataDomain> {
  const { chainId } = await ethers.provider.getNetwork();
  return {
    name: "ERC-8128 Delegation Registry",
    version: "1",
    chainId,
    verifyingContract: await registry.getAddress(),
  };
}

/** A revocation that `key` signed; what differs from the right one is named. */
export async function signRevocation(
  registry: DelegationRegistry,
  key: Pick<Signer, "signTypedData">,
  message: { issuer: string; id: string },
  domain: TypedDataDomain = {},
): Promise<string> {
  return key.signTypedData({ ...(await domainOf(registry)), ...domain }, revocationTypes, message);
}

/** What the registry says of a handle. */
export async function statusOf(
  { registry }: Pick<DelegationScene, "registry">,
  issuer: string | { address: string },
  id = GRANT,
): Promise<[isRevoked: boolean, epoch: bigint]> {
  const [isRevoked, epoch] = await registry.status(typeof issuer === "string" ? issuer : issuer.address, id);
  return [isRevoked, epoch];
}

/** Asserts that a transaction or call reverts with this error and exactly these values. */
export async function refused(
  sent: Promise<unknown>,
  contract: BaseContract,
  error: string,
  ...values: unknown[]
): Promise<void> {
  await expect(sent)
    .to.be.revertedWithCustomError(contract, error)
    .withArgs(...values);
}
