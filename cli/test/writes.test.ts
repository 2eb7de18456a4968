import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { artifacts } from "hardhat";
import { getAddress, type Hex } from "viem";
import { openWorld, type World } from "../../sdk/test/utils/world.ts";
import { acting, settle } from "./utils/acting.ts";
import { refused, tenure, tenureJson } from "./utils/tenure.ts";

interface Sent {
  transaction: { hash: string; blockNumber: number; gasUsed: number };
}

describe("tenure, writing", () => {
  let world: World;
  before(async () => {
    world = await openWorld();
    await settle(world, 3);
  });
  afterEach(() => world.reset());
  after(() => world.close());

  describe("register", () => {
    describe("given a key that never was one here", () => {
      it("should make it an identity, with its file and metadata, and say which", async () => {
        const args = ["register", "--uri", "ipfs://file", "--metadata", "team=blue", "--metadata", "raw=0x0102"];
        const result = await tenureJson<Sent & { id: number }>(args, acting(world, 4));
        expect(result).to.deep.include({ id: 4, agentURI: "ipfs://file", owner: world.members[4].account.address });
        expect(result.transaction.hash).to.match(/^0x[0-9a-f]{64}$/);
        expect(result.transaction.gasUsed).to.be.greaterThan(21_000);
        const { status, owner } = await world.members[0].getIdentity({ id: 4 });
        expect({ status, owner }).to.deep.equal({ status: "active", owner: world.members[4].account.address });
      });
    });
    describe("given a key that is one already", () => {
      it("should be refused by the chain, with status 1", async () => {
        expect(await refused(1, ["register"], acting(world, 1))).to.include("identity 1");
      });
    });
  });

  describe("arbitration", () => {
    it("should close and open it", async () => {
      expect(await tenureJson(["arbitration", "close"], acting(world, 2))).to.include({ id: 2, isOpen: false });
      const args = ["vouch", "3", "--stake", "1", "--arbiter", "2"];
      expect(await refused(1, args, acting(world, 1))).to.include("Identity 2 did not agree to be an arbiter.");
      expect(await tenureJson(["arbitration", "open", "2"], acting(world, 2))).to.include({ id: 2, isOpen: true });
      expect(await refused(2, ["arbitration", "ajar"], acting(world, 2))).to.include("open, close");
    });
  });

  describe("link, unlink and links", () => {
    it("should link an agent that it holds, and take that back", async () => {
      const [, one] = world.members;
      const { abi, bytecode } = await artifacts.readArtifact("TransferableAgents");
      const creation = await one.deployContract({ abi, bytecode: bytecode as Hex, args: [] });
      const { contractAddress } = await one.waitForTransactionReceipt({ hash: creation });
      const registry = getAddress(contractAddress ?? "0x");
      const hash = await one.writeContract({ abi, address: registry, functionName: "register", args: [""] });
      await one.waitForTransactionReceipt({ hash });
      const found = { id: 1, agentRegistry: registry, agentId: "1" };
      expect(await refused(1, ["link", registry, "1"], acting(world, 2))).to.include("does not hold token 1");
      expect(await tenureJson(["link", registry, "1"], acting(world, 1))).to.include(found);
      const { links } = await tenureJson<{ links: object[] }>(["links", "1"], acting(world, 0));
      expect(links).to.have.length(1);
      expect(links[0]).to.include({ ...found, isLinked: true, throughWallet: false });
      expect((await tenure(["links", "1"], acting(world, 0))).stdout).to.match(/token +linked/);
      expect(await tenureJson(["unlink", registry, "1"], acting(world, 1))).to.include(found);
      expect((await tenure(["links", "1"], acting(world, 0))).stdout).to.equal("Identity 1 is linked to no agent.\n");
      expect(await refused(1, ["links", "99"], acting(world, 0))).to.include("Identity 99 does not exist.");
    });
  });

  describe("pulse", () => {
    describe("given a key with an identity", () => {
      it("should check in without being told which, and print a sentence without colours", async () => {
        await world.wait(60);
        const before = await world.members[0].getIdentity({ id: 1 });
        const { status, stdout, stderr } = await tenure(["pulse"], acting(world, 1));
        expect({ status, stderr }).to.deep.equal({ status: 0, stderr: "" });
        expect(stdout).to.match(
          /^✓ Identity 1 checked in: \d+ min credited, \d+ min of tenure\.\n {2}0x[0-9a-f]{64}, \d+ gas\n$/,
        );
        expect((await world.members[0].getIdentity({ id: 1 })).lastSeen).to.be.at.least(before.lastSeen + 60);
      });
      it("should write the checkpoint", async () => {
        const checkpoint = `0x${"ab".repeat(32)}`;
        expect(await tenureJson(["pulse", "1", "--checkpoint", checkpoint], acting(world, 1))).to.include({
          checkpoint,
        });
      });
    });
    describe("given an identity of somebody else", () => {
      it("should be refused by the chain, with status 1", async () => {
        expect(await refused(1, ["pulse", "2"], acting(world, 1))).to.include("identity 2");
      });
    });
    describe("given a key without an identity", () => {
      it("should say what to do, with status 1", async () => {
        const { address } = world.members[5].account;
        const message = `${address} has no identity here. Make one with: tenure register`;
        expect(await refused(1, ["pulse"], acting(world, 5))).to.equal(message);
      });
    });
  });

  for (const [command, stance, field] of [
    ["vouch", "for", "support"],
    ["warn", "against", "opposition"],
  ] as const) {
    describe(command, () => {
      describe("given points enough", () => {
        it(`should stake them ${stance} the subject, named by its address`, async () => {
          const subject = world.members[2].account.address;
          const terms = [
            "--stake",
            "7",
            "--periods",
            "2",
            "--arbiter",
            "3",
            "--topic",
            "uptime",
            "--evidence",
            "ipfs://e",
          ];
          const result = await tenureJson([command, subject, ...terms], acting(world, 1));
          expect(result).to.deep.include({ voucherId: 1, subjectId: 2, evidence: "ipfs://e" });
          const vouch = await world.members[0].getVouch({ voucherId: 1, subjectId: 2 });
          expect(vouch).to.include({ stance, stake: 7, arbiterId: 3, isActive: true });
          expect((await world.members[0].getProfile({ id: 2 }))[field]).to.equal(7);
        });
      });
      describe("given too few points", () => {
        it("should be refused by the chain, with status 1", async () => {
          const message = await refused(1, [command, "2", "--stake", "500"], acting(world, 1));
          expect(message).to.match(
            /^Identity 1 has 30 points free, 500 needed; a check-in now would earn (none|\d+)\./,
          );
        });
      });
      describe("given one that is there already, or an arbiter that did not agree", () => {
        it("should say what to do in the command line's words, with status 1", async () => {
          await world.members[1][`${command}Sync`]({ voucherId: 1, subjectId: 2, stake: 1, periods: 1 });
          expect(await refused(1, [command, "2", "--stake", "1"], acting(world, 1))).to.match(
            /^Identity 1 has staked on 2 like this already, to the end of period \d+ \([\d :-]+ UTC\)\. .*tenure renew.*tenure revoke/,
          );
          await world.members[2].setArbitrationSync({ id: 2, isOpen: false });
          const args = [command, "3", "--stake", "1", "--arbiter", "2"];
          expect(await refused(1, args, acting(world, 1))).to.include("It does so with tenure arbitration");
        });
      });
      describe("given no stake, or itself", () => {
        it("should be wrong usage, with status 2", async () => {
          expect(await refused(2, [command, "2"], acting(world, 1))).to.include("--stake");
          const message = await refused(2, [command, "1", "--stake", "1"], acting(world, 1));
          expect(message).to.equal("Identity 1 cannot stake for or against itself.");
        });
      });
    });
  }

  describe("renew", () => {
    describe("given a live vouch", () => {
      it("should extend and raise it", async () => {
        await world.members[1].vouchSync({ voucherId: 1, subjectId: 2, stake: 5, periods: 1 });
        const args = ["renew", "2", "--periods", "3", "--add", "4"];
        const { edge } = await tenureJson<{ edge: { stake: number; endPeriod: number } }>(args, acting(world, 1));
        expect(edge.stake).to.equal(9);
        const raised = await tenureJson<{ edge: object }>(["renew", "2", "--add", "1"], acting(world, 1));
        expect(raised.edge).to.include({ stake: 10, endPeriod: edge.endPeriod });
        const { stdout } = await tenure(["renew", "2", "--periods", "4"], acting(world, 1));
        expect(stdout).to.match(/^✓ Identity 1 vouches for 2 with 10 points until \d{4}-\d\d-\d\d \d\d:00 UTC\.\n/);
      });
    });
    describe("given none", () => {
      it("should be refused by the chain, with status 1", async () => {
        await refused(1, ["renew", "2"], acting(world, 1));
      });
    });
  });

  describe("revoke", () => {
    describe("given a live vouch", () => {
      it("should make it count no more", async () => {
        await world.members[1].vouchSync({ voucherId: 1, subjectId: 2, stake: 5, periods: 1 });
        const { edge } = await tenureJson<{ edge: { state: string } }>(["revoke", "2"], acting(world, 1));
        expect(edge.state).to.equal("revoked");
        expect((await world.members[0].getSupport({ id: 2 })).support).to.equal(0);
        await refused(1, ["revoke", "2"], acting(world, 1));
      });
    });
  });

  describe("suspend and resume", () => {
    describe("given the owner's key", () => {
      it("should stop the identity, and let it act again", async () => {
        expect(await tenureJson(["suspend"], acting(world, 1))).to.include({ id: 1 });
        await refused(1, ["pulse"], acting(world, 1));
        expect(await tenureJson(["resume", "1"], acting(world, 1))).to.include({ id: 1 });
        expect((await world.members[0].getIdentity({ id: 1 })).status).to.equal("active");
        await refused(1, ["resume"], acting(world, 1));
      });
    });
  });

  describe("retire", () => {
    describe("given no terminal and no --yes", () => {
      it("should do nothing, with status 2", async () => {
        const message = await refused(2, ["retire"], acting(world, 1));
        expect(message).to.equal("Retiring cannot be undone. Say --yes if you mean it.");
        expect((await world.members[0].getIdentity({ id: 1 })).status).to.equal("active");
      });
    });
    describe("given --yes", () => {
      it("should end the identity for ever", async () => {
        expect(await tenureJson(["retire", "--yes"], acting(world, 1))).to.include({ id: 1, outcome: "retired" });
        expect((await world.members[0].getIdentity({ id: 1 })).status).to.equal("retired");
      });
    });
    describe("given a guardian", () => {
      it("should say when to call it again", async () => {
        await world.members[1].setGuardianSync({ id: 1, guardian: world.members[5].account.address });
        const { stdout } = await tenure(["retire", "--yes"], acting(world, 1));
        expect(stdout).to.match(/^✓ Identity 1 can retire at [\d: -]+ UTC: call this again then\.\n/);
      });
    });
  });

  describe("deploy", () => {
    describe("given a chain on which they are", () => {
      it("should leave them alone, and print the same record again and again", async () => {
        const first = await tenureJson<{ contracts: { hash: null }[] }>(["deploy"], acting(world, 0));
        expect(first).to.deep.include({ chainId: 31_337 });
        expect(first.contracts.map(({ hash }) => hash)).to.deep.equal([null, null, null, null, null, null]);
        expect(await tenureJson(["deploy"], acting(world, 0))).to.deep.equal(first);
      });
    });
    describe("given other parameters", () => {
      it("should put them elsewhere, and leave a file with which every command finds them", async () => {
        const folder = await mkdtemp(path.join(tmpdir(), "tenure-"));
        try {
          const file = `${folder}/addresses.json`;
          const { status } = await tenure(["deploy", "--parameters", "production", "--out", file], acting(world, 0));
          expect(status).to.equal(0);
          expect(await tenureJson(["register", "--addresses", file], acting(world, 1))).to.include({ id: 1 });
          // In the other registries, where the agent is identity 1 as well, it is refused.
          await refused(1, ["register"], acting(world, 1));
        } finally {
          await rm(folder, { recursive: true });
        }
      });
    });
  });
});
