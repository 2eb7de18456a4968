import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { Address } from "viem";
import type { StoryClient } from "./cast.ts";

/** Agents that can be sold: `TransferableAgents`, as an ERC-8004 registry has them. */
export async function deployAgents(hre: HardhatRuntimeEnvironment, platform: StoryClient) {
  const { abi, bytecode } = await hre.artifacts.readArtifact("TransferableAgents");
  const creation = await platform.deployContract({ abi, bytecode, args: [] });
  const { contractAddress } = await platform.waitForTransactionReceipt({ hash: creation });
  const contract = { abi, address: contractAddress as Address };
  return {
    address: contract.address,
    /** Makes one, and answers its number. */
    register: async (holder: StoryClient): Promise<bigint> => {
      const { request, result } = await holder.simulateContract({ ...contract, functionName: "register", args: [""] });
      await holder.waitForTransactionReceipt({ hash: await holder.writeContract(request) });
      return result;
    },
    /** Hands one over; what is paid for it is nobody's business here. */
    sell: async (seller: StoryClient, buyer: StoryClient, agentId: bigint): Promise<void> => {
      const args = [seller.account.address, buyer.account.address, agentId] as const;
      const hash = await seller.writeContract({ ...contract, functionName: "transferFrom", args });
      await seller.waitForTransactionReceipt({ hash });
    },
  };
}

export type Agents = Awaited<ReturnType<typeof deployAgents>>;
