import { expect } from "chai";
import {
  isTrue,
  type LinksScene,
  linkedToHostile,
  linksScene,
  Mood,
  NEEDED_GAS,
  ONE,
  READ_GAS,
  refused,
  TOKEN,
} from "../utils/agentLinks.ts";
import { ethers, loadFixture, networkHelpers } from "../utils/identity.ts";
import { rotate } from "../utils/identitySigning.ts";

/** Answers that are none: whoever gives one has no owner or no agent wallet. */
const NO_ANSWERS: [what: string, mood: bigint, gas: bigint][] = [
  ["reverts", Mood.Reverts, 0n],
  ["panics", Mood.Panics, 0n],
  ["loops", Mood.Loops, 0n],
  ["answers nothing", Mood.Nothing, 0n],
  ["answers 31 bytes", Mood.Short, 0n],
  ["answers an address with a dirty bit", Mood.Dirty, 0n],
  ["answers more than its gas pays for", Mood.Huge, 1_000_000n],
  ["reverts with as much as its gas pays for", Mood.HugeRevert, 150_000n],
  ["wants more gas than there is", Mood.Demanding, READ_GAS],
  ["uses more gas than there is", Mood.Wasteful, READ_GAS],
  ["writes", Mood.Writes, 0n],
];

/** What a page's own work takes for one link: storage, the registry of identities, calls. */
const OWN_GAS = 20_000n;

describe("AgentLinks > hostile token contracts", () => {
  let scene: LinksScene;
  let hostile: string;
  const use = async (fixture: () => Promise<LinksScene>) => {
    scene = await loadFixture(fixture);
    hostile = await scene.hostile.getAddress();
  };
  const link = (registry: string = hostile) => scene.links.connect(scene.owner).link(ONE, registry, TOKEN);
  const unreadable = (registry: string = hostile) =>
    refused(link(registry), scene.links, "TokenUnreadable", registry, TOKEN);
  const isLinked = async () => isTrue(scene, scene.hostile);

  for (const [what, mood, gas] of NO_ANSWERS) {
    describe(`given one that ${what}`, () => {
      it("when asked for the owner, it should be unreadable", async () => {
        await use(linksScene);
        await scene.hostile.setOwner(mood, scene.owner, gas);
        await unreadable();
      });

      it("when asked for the owner of a linked token, it should break the link until it answers again", async () => {
        await use(linkedToHostile);
        await scene.hostile.setOwner(mood, scene.owner, gas);
        expect(await isLinked()).to.equal(false);
        await scene.hostile.setOwner(Mood.Honest, scene.owner, 0n);
        expect(await isLinked()).to.equal(true);
      });

      it("when asked for the agent wallet, it should have none", async () => {
        await use(linksScene);
        await scene.hostile.setOwner(Mood.Honest, scene.stranger, 0n);
        await scene.hostile.setWallet(mood, scene.owner, gas);
        await refused(link(), scene.links, "TokenNotHeld", ONE, hostile, TOKEN, scene.stranger.address);
      });

      it("when asked for the agent wallet of a linked token, it should break the link until it answers", async () => {
        await use(linksScene);
        await scene.hostile.setOwner(Mood.Honest, scene.stranger, 0n);
        await scene.hostile.setWallet(Mood.Honest, scene.owner, 0n);
        await link();
        await scene.hostile.setWallet(mood, scene.owner, gas);
        expect(await isLinked()).to.equal(false);
        await scene.hostile.setWallet(Mood.Honest, scene.owner, 0n);
        expect(await isLinked()).to.equal(true);
      });

      it("should leave room in the list, and a way out of it", async () => {
        await use(linkedToHostile);
        await scene.links.connect(scene.owner).link(ONE, scene.plain, TOKEN);
        await scene.hostile.setOwner(mood, scene.owner, gas);
        const [page] = await scene.links.linksOf(ONE, 0, 10);
        expect(page.map((each) => each.isLinked)).to.deep.equal([false, true]);
        await scene.links.connect(scene.owner).unlink(ONE, hostile, TOKEN);
      });
    });
  }

  for (const [what, mood, gas] of [
    ["answers more words than one", Mood.Long, 0n],
    ["answers a large page", Mood.Huge, 100_000n],
    ["wants 95,000 gas", Mood.Demanding, 95_000n],
    ["uses 90,000 gas", Mood.Wasteful, 90_000n],
  ] as const) {
    it(`given one that ${what}, it should be read, as owner and as agent wallet`, async () => {
      await use(linksScene);
      await scene.hostile.setOwner(mood, scene.owner, gas);
      await link();
      expect(await isLinked()).to.equal(true);
      await scene.hostile.setOwner(mood, scene.stranger, gas);
      await scene.hostile.setWallet(mood, scene.owner, gas);
      await link();
      expect(await isLinked()).to.equal(true);
    });
  }

  it("given one that answers zero, it should be unreadable, and zero be nobody's wallet", async () => {
    await use(linksScene);
    await scene.hostile.setOwner(Mood.Honest, ethers.ZeroAddress, 0n);
    await scene.hostile.setWallet(Mood.Honest, scene.owner, 0n);
    await unreadable();
    await scene.hostile.setOwner(Mood.Honest, scene.stranger, 0n);
    await scene.hostile.setWallet(Mood.Honest, ethers.ZeroAddress, 0n);
    await refused(link(), scene.links, "TokenNotHeld", ONE, hostile, TOKEN, scene.stranger.address);
  });

  it("given one that names another owner later, it should break the link", async () => {
    await use(linkedToHostile);
    await scene.hostile.setOwner(Mood.Honest, scene.other, 0n);
    expect(await isLinked()).to.equal(false);
  });

  it("given an address without code, it should be unreadable: nobody, a key, precompiles", async () => {
    await use(linksScene);
    for (const address of [ethers.ZeroAddress, scene.stranger.address]) await unreadable(address);
    for (const number of [1, 2, 3, 4, 9]) await unreadable(ethers.toBeHex(number, 20));
  });

  it("given a token that does not exist, it should be unreadable", async () => {
    await use(linksScene);
    await scene.plain.burn(TOKEN);
    await unreadable(await scene.plain.getAddress());
  });

  it("given one that is gone, it should break the link", async () => {
    await use(linkedToHostile);
    await networkHelpers.setCode(hostile, "0x");
    expect(await isLinked()).to.equal(false);
  });

  it("given one whose code is invalid, it should break the link", async () => {
    await use(linkedToHostile);
    await networkHelpers.setCode(hostile, "0xfe");
    expect(await isLinked()).to.equal(false);
  });

  it("should let everybody ask what it asks, and revert where the answer is none", async () => {
    await use(linksScene);
    expect(await scene.links.tokenOwner(hostile, TOKEN)).to.equal(scene.owner.address);
    expect(await scene.links.tokenWallet(scene.agents, TOKEN)).to.equal(scene.stranger.address);
    await scene.hostile.setOwner(Mood.Short, scene.owner, 0n);
    await expect(scene.links.tokenOwner(hostile, TOKEN)).to.be.revertedWithoutReason(ethers);
    await expect(scene.links.tokenWallet(scene.plain, TOKEN)).to.be.revertedWithoutReason(ethers);
  });

  describe("given little gas", () => {
    /** What a call answers: the words, or the name of the error, or nothing where the gas ran out. */
    async function ask(data: string, gasLimit: bigint): Promise<string> {
      try {
        return await ethers.provider.call({ to: await scene.links.getAddress(), data, gasLimit });
      } catch (error) {
        const { data: reason } = error as { data?: unknown };
        if (typeof reason !== "string" || reason === "0x") return "out of gas";
        return scene.links.interface.parseError(reason)?.name ?? reason;
      }
    }

    const VIEWS = ["isLinked", "linkedIdentity", "linkOf", "linksOf"] as const;
    const dataOf = (view: (typeof VIEWS)[number]) => {
      const { interface: abi } = scene.links;
      if (view === "isLinked") return abi.encodeFunctionData(view, [ONE, hostile, TOKEN]);
      if (view === "linksOf") return abi.encodeFunctionData(view, [ONE, 0, 10]);
      if (view === "linkOf") return abi.encodeFunctionData(view, [hostile, TOKEN]);
      return abi.encodeFunctionData(view, [hostile, TOKEN]);
    };

    for (const through of ["owner", "agent wallet"]) {
      for (const view of VIEWS) {
        it(`when ${view} asks for a token that needs all of it, proven by ${through}, it should tell the truth or revert`, async () => {
          await use(linksScene);
          await scene.hostile.setOwner(Mood.Demanding, through === "owner" ? scene.owner : scene.stranger, 95_000n);
          await scene.hostile.setWallet(Mood.Demanding, scene.owner, 95_000n);
          await link();
          const data = dataOf(view);
          const truth = await ask(data, 1_000_000n);
          const met = new Set<string>();
          for (let gas = 25_000n; gas < 190_000n; gas += 487n) met.add(await ask(data, gas));
          expect([...met].sort()).to.deep.equal([truth, "InsufficientGas", "out of gas"].sort());
        });
      }
    }

    it("given no link, or one of an earlier key, it should answer without asking the token", async () => {
      await use(linkedToHostile);
      const { interface: abi } = scene.links;
      const of = (token: bigint) => abi.encodeFunctionData("linkedIdentity", [hostile, token]);
      const nobody = ethers.toBeHex(0, 32);
      expect(await ask(of(78n), 60_000n)).to.equal(nobody);
      expect(await ask(of(TOKEN), 60_000n)).to.equal("InsufficientGas");
      await rotate(scene.registry, scene.owner, ONE, scene.next);
      expect(await ask(of(TOKEN), 60_000n)).to.equal(nobody);
      expect(await ask(abi.encodeFunctionData("isLinked", [2n, hostile, TOKEN]), 60_000n)).to.equal(nobody);
    });

    it("given exactly what must be left when it asks, it should ask; given less by one, it should revert", async () => {
      await use(linkedToHostile);
      const { interface: abi } = scene.links;
      const request = { to: await scene.links.getAddress(), data: dataOf("linkedIdentity") };
      const asked = (gasLimit: bigint) =>
        ethers.provider.call({ ...request, gasLimit }).catch((error: unknown) => error);
      const { data: reason } = (await asked(60_000n)) as { data: string };
      const [available] = abi.decodeErrorResult("InsufficientGas", reason) as unknown as [bigint];
      const enough = 60_000n + NEEDED_GAS - available;
      expect(await asked(enough)).to.equal(ethers.toBeHex(ONE, 32));
      const { data: lacking } = (await asked(enough - 1n)) as { data: string };
      expect([...abi.decodeErrorResult("InsufficientGas", lacking)]).to.deep.equal([NEEDED_GAS - 1n, NEEDED_GAS]);
    });

    it("when it links, it should say how much must be left", async () => {
      await use(linksScene);
      const sent = scene.links.connect(scene.owner).link(ONE, hostile, TOKEN, { gasLimit: NEEDED_GAS });
      await expect(sent)
        .to.be.revertedWithCustomError(scene.links, "InsufficientGas")
        .withArgs((available: bigint) => available < NEEDED_GAS, NEEDED_GAS);
    });
  });

  describe("given a list of hostile tokens", () => {
    const HOSTILE = 5;
    async function listed() {
      const world = await linksScene();
      await world.hostile.setOwner(Mood.Honest, world.stranger, 0n);
      await world.hostile.setWallet(Mood.Honest, world.owner, 0n);
      for (let token = 0; token < HOSTILE; ++token) {
        await world.links.connect(world.owner).link(ONE, world.hostile, token);
      }
      return world;
    }
    /** Sent, since an estimate fails where a call inside runs out of gas. */
    async function costOf(limit: number): Promise<bigint> {
      const data = scene.links.interface.encodeFunctionData("linksOf", [ONE, 0, limit]);
      const sent = await scene.owner.sendTransaction({ to: scene.links, data, gasLimit: 5_000_000 });
      return (await sent.wait())?.gasUsed ?? 0n;
    }

    for (const [what, mood, gas] of [
      ["loops", Mood.Loops, 0n],
      ["answers as much as its gas pays for", Mood.Huge, 150_000n],
      ["reverts with as much as its gas pays for", Mood.HugeRevert, 150_000n],
      ["uses what it is given", Mood.Wasteful, 90_000n],
    ] as const) {
      it(`of a contract that ${what}, a page should cost what its links cost at most`, async () => {
        await use(listed);
        await scene.hostile.setOwner(Mood.Wasteful, scene.stranger, 90_000n);
        await scene.hostile.setWallet(mood, scene.owner, gas);
        const each = ((await costOf(HOSTILE)) - (await costOf(0))) / BigInt(HOSTILE);
        expect(each).to.be.at.most(2n * READ_GAS + OWN_GAS);
      });
    }
  });
});
