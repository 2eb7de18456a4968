import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { identityRegistryAbi } from "@tenure/contracts";
import { deployTenure } from "@tenure/contracts/hardhat";
import { network } from "hardhat";
import { getContract, zeroHash } from "viem";

const DAY = 86_400;

describe("Board, with viem", async () => {
  const connection = await network.create();
  const { viem, networkHelpers } = connection;

  async function fixture() {
    const { identityRegistry, vouchRegistry } = await deployTenure(connection);
    const [client] = await viem.getWalletClients();
    const identities = getContract({ address: identityRegistry, abi: identityRegistryAbi, client });
    const board = await viem.deployContract("Board", [vouchRegistry]);
    return { identities, board };
  }

  it("should refuse a newcomer, and let it in after two check-ins", async () => {
    const { identities, board } = await networkHelpers.loadFixture(fixture);
    await identities.write.register(["ipfs://agent"]);
    const tooLittleTenure = await board.read.REASON_TENURE();
    await assert.rejects(board.write.post(["hello"]), new RegExp(`Untrusted\\(1, ${tooLittleTenure}\\)`));

    // A check-in credits the time since the last one, 30 days of it at most.
    for (let month = 0; month < 2; month++) {
      await networkHelpers.time.increase(30 * DAY);
      await identities.write.pulse([1n, zeroHash]);
    }
    await board.write.post(["hello"]);
    const [posted] = await board.getEvents.Posted();
    assert.deepEqual(posted?.args, { authorId: 1n, message: "hello" });
  });
});
