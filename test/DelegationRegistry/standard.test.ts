import { expect } from "chai";
import { id as hashOf } from "ethers";
import { artifacts, network } from "hardhat";
import { delegationScene, GRANT, statusOf } from "../utils/delegations.ts";
import { ethers, loadFixture } from "../utils/identity.ts";

/** As it stands in ERC-8395, section 5: "The complete external interface is". */
const INTERFACE = [
  "function status(address issuer, bytes32 id) view returns (bool isRevoked, uint64 currentEpoch)",
  "function revoke(bytes32 id)",
  "function revokeBySig(address issuer, bytes32 id, bytes sig)",
  "function advanceEpoch() returns (uint64 newEpoch)",
  "event Revoked(address indexed issuer, bytes32 indexed id)",
  "event EpochAdvanced(address indexed issuer, uint64 newEpoch)",
];

describe("DelegationRegistry > the standard", () => {
  it("should have the standard's functions and events, and none beside them", async () => {
    const { registry } = await loadFixture(delegationScene);
    const formatted = registry.interface.format().filter((entry) => !entry.startsWith("error "));
    expect(formatted.toSorted()).to.deep.equal(INTERFACE.toSorted());
  });

  it("should refuse ether, and a call of anything else", async () => {
    const { registry, issuer } = await loadFixture(delegationScene);
    const to = await registry.getAddress();
    for (const call of [{ value: 1n }, { data: "0x" }, { data: hashOf("owner()").slice(0, 10) }]) {
      await expect(issuer.sendTransaction({ to, ...call })).to.be.revertedWithoutReason(ethers);
    }
    const data = registry.interface.encodeFunctionData("revoke", [GRANT]);
    await expect(issuer.sendTransaction({ to, data, value: 1n })).to.be.revertedWithoutReason(ethers);
    expect(await statusOf({ registry }, issuer)).to.deep.equal([false, 0n]);
  });

  it("should have the same code on every chain: what was compiled, and nothing of the chain or the deployment", async () => {
    const { deployedBytecode } = await artifacts.readArtifact("DelegationRegistry");
    for (const chainId of [1, 31_337]) {
      const connection = await network.create({
        network: "default",
        override: { chainId, allowUnlimitedContractSize: true },
      });
      const registry = await connection.ethers.deployContract("DelegationRegistry");
      expect(await registry.getDeployedCode()).to.equal(deployedBytecode);
      await connection.close();
    }
  });
});
