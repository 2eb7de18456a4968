import { type Requirement, shortAddresses } from "@tenure/sdk";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { Address } from "viem";
import type { StoryClient } from "./cast.ts";

/** The platform's contract: `GatedBoard`, as any contract developer would write it. */
export async function deployBoard(hre: HardhatRuntimeEnvironment, platform: StoryClient, anchors: number[]) {
  const { abi, bytecode } = await hre.artifacts.readArtifact("GatedBoard");
  const args = [shortAddresses.vouchRegistry, anchors.map(BigInt)] as const;
  const hash = await platform.deployContract({ abi, bytecode, args });
  const { contractAddress } = await platform.waitForTransactionReceipt({ hash });
  return { abi, address: contractAddress as Address };
}

export type Board = Awaited<ReturnType<typeof deployBoard>>;

/** What the board demands, as the SDK takes it. */
export async function requirementOf({ abi, address }: Board, reader: StoryClient): Promise<Requirement> {
  const demanded = await reader.readContract({ abi, address, functionName: "requirement" });
  return { ...demanded, anchors: demanded.anchors.map(Number) };
}

/** What an identity lacks, as the contract says it: bits. */
export async function unmetBits({ abi, address }: Board, reader: StoryClient, id: number): Promise<bigint> {
  const demanded = await reader.readContract({ abi, address, functionName: "requirement" });
  return reader.readContract({ abi, address, functionName: "unmet", args: [BigInt(id), demanded] });
}

/** Posts, and answers what the board's event says. */
export async function post({ abi, address }: Board, author: StoryClient, message: string) {
  const { request } = await author.simulateContract({ abi, address, functionName: "post", args: [message] });
  const hash = await author.writeContract(request);
  const { blockNumber } = await author.waitForTransactionReceipt({ hash });
  const [posted] = await author.getContractEvents({ abi, address, eventName: "Posted", fromBlock: blockNumber });
  return posted?.args;
}
