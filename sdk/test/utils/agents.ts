import { artifacts } from "hardhat";
import { getAddress, type Hex } from "viem";
import type { Member } from "./world.ts";

/** A registry of agents that can be sold, and what their holders do there. */
export async function deployAgents(deployer: Member) {
  const { abi, bytecode } = await artifacts.readArtifact("TransferableAgents");
  const creation = await deployer.deployContract({ abi, bytecode, args: [] });
  const { contractAddress } = await deployer.waitForTransactionReceipt({ hash: creation });
  const contract = { abi, address: getAddress(contractAddress ?? "0x") } as const;
  const mined = async (member: Member, hash: Promise<Hex>) => member.waitForTransactionReceipt({ hash: await hash });
  return {
    address: contract.address,
    register: (member: Member, agentURI: string) =>
      mined(member, member.writeContract({ ...contract, functionName: "register", args: [agentURI] })),
    setAgentURI: (member: Member, agentId: bigint, agentURI: string) =>
      mined(member, member.writeContract({ ...contract, functionName: "setAgentURI", args: [agentId, agentURI] })),
    sell: (seller: Member, buyer: Member, agentId: bigint) =>
      mined(
        seller,
        seller.writeContract({
          ...contract,
          functionName: "transferFrom",
          args: [seller.account.address, buyer.account.address, agentId],
        }),
      ),
  };
}
