import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { identityRegistryAbi } from "@tenure/contracts";
import { deployTenure } from "@tenure/contracts/hardhat";
import { type EventLog, ZeroHash } from "ethers";
import { network } from "hardhat";

const DAY = 86_400;

describe("Board, with ethers", async () => {
  const connection = await network.create();
  const { ethers, networkHelpers } = connection;

  async function fixture() {
    const { identityRegistry, vouchRegistry } = await deployTenure(connection);
    const [signer] = await ethers.getSigners();
    const identities = new ethers.Contract(identityRegistry, identityRegistryAbi, signer);
    const board = await ethers.deployContract("Board", [vouchRegistry]);
    return { identities, board };
  }

  it("should refuse a newcomer, and let it in after two check-ins", async () => {
    const { identities, board } = await networkHelpers.loadFixture(fixture);
    await identities.getFunction("register(string)").send("ipfs://agent");
    const tooLittleTenure = await board.REASON_TENURE();
    await assert.rejects(board.post("hello"), new RegExp(`Untrusted\\(1, ${tooLittleTenure}\\)`));

    // A check-in credits the time since the last one, 30 days of it at most.
    for (let month = 0; month < 2; month++) {
      await networkHelpers.time.increase(30 * DAY);
      await identities.getFunction("pulse").send(1, ZeroHash);
    }
    await board.post("hello");
    const posted = (await board.queryFilter(board.filters.Posted()))[0] as EventLog;
    assert.equal(posted.args.authorId, 1n);
  });
});
