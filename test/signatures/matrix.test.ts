import { MaxUint256, type TypedDataDomain, ZeroAddress } from "ethers";
import {
  type Agent,
  grownWorld,
  loadFixture,
  refused,
  time,
  vouch,
  type World,
  withParameters,
} from "../utils/vouchWorld.ts";
import { type Case, caseOf, domainOf, flows, nonceOf, sign } from "./flows.ts";
import { FORMS } from "./forms.ts";

describe("signatures > everywhere else", () => {
  let world: World;
  let agent: Agent;
  let deadline: bigint;

  /** An agent that can do all six things, and has a vouch to revoke. */
  async function scene() {
    const grown = await loadFixture(grownWorld);
    await vouch(grown, grown.cleo, grown.ben);
    return grown;
  }

  beforeEach(async () => {
    world = await loadFixture(scene);
    agent = world.cleo;
    deadline = BigInt(await time.latest()) + 200n;
  });

  for (const flow of flows) {
    describe(flow.name, () => {
      const isFree = flow.name === "vouchFor" || flow.name === "warnFor";
      let about: Case;
      const key = () => (flow.asks === "owner" ? agent.owner : world.spare[0]);
      const refusedAsInvalid = async (signature: string) =>
        refused(flow.send(world, about, signature), world[flow.registry], "InvalidSignature", about.who);

      beforeEach(async () => {
        if (isFree) agent = world.ada; // has no edge with the subject yet
        about = await caseOf(world, flow, await key().getAddress(), agent, deadline);
      });

      it(`given the right ${flow.primaryType}, it should take it`, async () => {
        await flow.send(world, about, await sign(world, flow, about, key()));
      });

      for (const other of flows.filter(({ name }) => name !== flow.name)) {
        it(`given ${other.primaryType} by the same key about the same, it should revert`, async () => {
          await refusedAsInvalid(await sign(world, other, about, key()));
        });

        it(`given ${other.primaryType} under its own domain, it should revert`, async () => {
          const domain = await domainOf(world[flow.registry]);
          await refusedAsInvalid(await sign(world, other, about, key(), { domain }));
        });
      }

      describe("given the right message for elsewhere", () => {
        const elsewhere: [what: string, change: (domain: TypedDataDomain) => Promise<TypedDataDomain>][] = [
          ["another chain", async (domain) => ({ ...domain, chainId: BigInt(domain.chainId ?? 0) + 1n })],
          ["no chain", async ({ chainId: _, ...domain }) => domain],
          ["the other registry", async (domain) => ({ ...domain, verifyingContract: await other() })],
          ["another deployment", async (domain) => ({ ...domain, verifyingContract: await copy() })],
          ["no contract", async (domain) => ({ ...domain, verifyingContract: ZeroAddress })],
          ["another name", async (domain) => ({ ...domain, name: "Tenure" })],
          ["another version", async (domain) => ({ ...domain, version: "2" })],
          ["a salt", async (domain) => ({ ...domain, salt: `0x${"00".repeat(32)}` })],
        ];
        const other = () => world[flow.registry === "vouches" ? "identities" : "vouches"].getAddress();
        const copy = async () => (await withParameters(world, {})).vouches.getAddress();

        for (const [what, change] of elsewhere) {
          it(`(${what}), it should revert`, async () => {
            const domain = await change(await domainOf(world[flow.registry]));
            await refusedAsInvalid(await sign(world, flow, about, key(), { domain }));
          });
        }
      });

      for (const [what, change] of FORMS) {
        it(`given the right signature ${what}, it should revert`, async () => {
          await refusedAsInvalid(change(await sign(world, flow, about, key())));
        });
      }

      it("given one by somebody else, it should revert", async () => {
        await refusedAsInvalid(await sign(world, flow, about, world.relayer));
      });

      it("given its signer made its nonce void meanwhile, it should revert; where it names none, that is its digest", async () => {
        const signature = await sign(world, flow, about, key());
        const nonce = await nonceOf(world, flow, about);
        await world[flow.registry].connect(key()).invalidateNonces(nonce >> 8n, 1n << (nonce & 255n));
        await refused(flow.send(world, about, signature), world[flow.registry], "NonceUsed", key().address, nonce);
      });

      it("given its signer made every other nonce of that word void, and its own in the other registry, it should take it", async () => {
        const signature = await sign(world, flow, about, key());
        const nonce = await nonceOf(world, flow, about);
        const [word, bit] = [nonce >> 8n, 1n << (nonce & 255n)];
        const other = world[flow.registry === "vouches" ? "identities" : "vouches"];
        await world[flow.registry].connect(key()).invalidateNonces(word, MaxUint256 ^ bit);
        await other.connect(key()).invalidateNonces(word, MaxUint256);
        await world[flow.registry].connect(world.relayer).invalidateNonces(word, MaxUint256);
        await flow.send(world, about, signature);
      });

      it("given the identity's key changed meanwhile, it should revert where it names the identity", async () => {
        const signature = await sign(world, flow, about, key());
        const next = world.spare[1];
        const rotation = flows.find(({ name }) => name === "rotateKey");
        if (rotation === undefined) throw new Error("no rotation");
        const handover = await caseOf(world, rotation, next.address, agent, deadline);
        await rotation.send(world, handover, await sign(world, rotation, handover, next));
        about.owner = next;
        if (flow.name === "registerFor") return void (await flow.send(world, about, signature));
        if (flow.asks === "owner") about.who = next.address;
        await refusedAsInvalid(signature);
      });
    });
  }

  describe("given it was taken once", () => {
    for (const flow of flows) {
      const again = flow.name === "setAgentWallet";
      it(`${flow.name} should ${again ? "take it again until its deadline: it has no nonce" : "not take it again"}`, async () => {
        if (flow.name === "vouchFor" || flow.name === "warnFor") agent = world.ada;
        const key = flow.asks === "owner" ? agent.owner : world.spare[0];
        const about = await caseOf(world, flow, key.address, agent, deadline);
        const signature = await sign(world, flow, about, key);
        await flow.send(world, about, signature);
        const repeated = flow.send(world, about, signature);
        if (again) return void (await repeated);
        const registry = world[flow.registry];
        if (flow.name === "rotateKey") return refused(repeated, registry, "NotOwner", agent.id, agent.owner.address);
        // It names the last check-in, which is another one now.
        if (flow.name === "pulseFor") return refused(repeated, registry, "InvalidSignature", about.who);
        return refused(repeated, registry, "NonceUsed", about.who, about.values.nonce);
      });
    }
  });
});
