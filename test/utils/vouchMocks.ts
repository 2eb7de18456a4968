import type { BaseContract, BytesLike, ContractRunner, ContractTransactionResponse, Result } from "ethers";
import type { TrustGate, VouchRegistry } from "../../types/ethers-contracts/index.js";
import { ethers } from "./vouchWorld.ts";

/** Hardhat writes types of production contracts only; these are the test contracts under `test/solidity/mocks/`. */
export interface SmartAccount extends BaseContract {
  setAnswer(answer: number): Promise<ContractTransactionResponse>;
  execute(target: BaseContract, data: BytesLike): Promise<ContractTransactionResponse>;
}

export interface Batcher extends BaseContract {
  connect(runner: ContractRunner | null): Batcher;
  forward(registry: VouchRegistry, calls: BytesLike[]): Promise<ContractTransactionResponse>;
}

/** What a gate demands; everything that is left out is zero. */
export interface Requirement {
  minAge: bigint;
  minTenure: bigint;
  minKeyAge: bigint;
  maxSilence: bigint;
  minSupport: bigint;
  oppositionLimit: bigint;
  anchors: bigint[];
  minAnchors: bigint;
  minAnchorStake: bigint;
  anchorWarningLimit: bigint;
  keyOwned: boolean;
}

export interface GateHarness extends BaseContract, Pick<TrustGate, "unmet"> {
  connect(runner: ContractRunner | null): GateHarness;
  enter(requirement: Requirement, overrides?: { gasLimit: bigint }): Promise<ContractTransactionResponse>;
}

interface Mocks {
  VouchSmartAccount: SmartAccount;
  VouchBatcher: Batcher;
  VouchGateHarness: GateHarness;
}

export async function deployMock<Name extends keyof Mocks>(name: Name, ...args: unknown[]): Promise<Mocks[Name]> {
  return (await ethers.deployContract(name, args)) as unknown as Mocks[Name];
}

/** A struct as an object by field name, nested ones and lists included: ethers answers it as a list with names. */
export function fieldsOf(struct: unknown): unknown {
  return (struct as Result).toObject(true);
}
