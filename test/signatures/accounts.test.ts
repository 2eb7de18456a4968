import { deployMock, type SmartAccount } from "../utils/vouchMocks.ts";
import { DAY, grownWorld, loadFixture, networkHelpers, refused, time, type World } from "../utils/vouchWorld.ts";
import { type Case, caseOf, type Flow, flows, sign } from "./flows.ts";
import { ANSWERS, HONEST } from "./forms.ts";

describe("signatures > by smart accounts (ERC-1271)", () => {
  interface Scene {
    world: World;
    /** Has no identity. */
    newcomer: SmartAccount;
    /** Owns an identity with points and a vouch for ben. */
    owner: SmartAccount;
    ownersId: bigint;
  }

  const noTopic = `0x${"00".repeat(32)}`;

  async function scene(): Promise<Scene> {
    const world = await loadFixture(grownWorld);
    const { identities, vouches, spare, ben } = world;
    const newcomer = await deployMock("VouchSmartAccount", spare[0].address);
    const owner = await deployMock("VouchSmartAccount", spare[0].address);
    await owner.execute(identities, identities.interface.encodeFunctionData("register()"));
    const ownersId = await identities.totalRegistered();
    await time.increase(30n * DAY);
    await owner.execute(identities, identities.interface.encodeFunctionData("pulse", [ownersId, noTopic]));
    const terms = [ownersId, ben.id, 3n, 1n, 0n, noTopic, ""] as const;
    await owner.execute(vouches, vouches.interface.encodeFunctionData("vouch", [...terms]));
    return { world, newcomer, owner, ownersId };
  }

  async function prepare(flow: Flow): Promise<{ world: World; account: SmartAccount; about: Case; signature: string }> {
    const { world, newcomer, owner, ownersId } = await loadFixture(scene);
    const account = flow.asks === "owner" ? owner : newcomer;
    const agent = flow.asks === "owner" ? { id: ownersId, owner: world.relayer } : world.ada;
    const deadline = BigInt(await time.latest()) + 200n;
    // One vouch for ben is there already: it can be revoked, others are for cleo.
    const subject = flow.name === "revokeFor" ? world.ben : world.cleo;
    const about = await caseOf(world, flow, await account.getAddress(), agent, deadline, subject);
    return { world, account, about, signature: await sign(world, flow, about, world.spare[0]) };
  }

  for (const flow of flows) {
    describe(flow.name, () => {
      for (const [answer, what] of ANSWERS.entries()) {
        const isTaken = answer === HONEST;
        it(`given an account that answers ${what}, it should ${isTaken ? "take it" : "revert"}`, async () => {
          const { world, account, about, signature } = await prepare(flow);
          await account.setAnswer(answer);
          const sent = flow.send(world, about, signature);
          if (isTaken) return void (await sent);
          return refused(sent, world[flow.registry], "InvalidSignature", about.who);
        });
      }

      it("given an account that would take it, and a byte changed in it, it should revert", async () => {
        const { world, about, signature } = await prepare(flow);
        const flipped = signature.slice(0, 20) + (signature[20] === "0" ? "1" : "0") + signature.slice(21);
        await refused(flow.send(world, about, flipped), world[flow.registry], "InvalidSignature", about.who);
      });

      it("given what its key signed for itself and not for the account, it should revert", async () => {
        const { world, about } = await prepare(flow);
        const key = world.spare[0];
        const values = { owner: key.address, newOwner: key.address, newWallet: key.address, voucherId: world.ada.id };
        const signature = await sign(world, flow, about, key, { values });
        await refused(flow.send(world, about, signature), world[flow.registry], "InvalidSignature", about.who);
      });

      it("given the account lost its code, it should revert", async () => {
        const { world, about, signature } = await prepare(flow);
        await networkHelpers.setCode(about.who, "0x");
        await refused(flow.send(world, about, signature), world[flow.registry], "InvalidSignature", about.who);
      });
    });
  }
});
