import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { shortAddresses } from "@tenure/sdk";
import { expect } from "chai";
import { concatHex, type Hex } from "viem";
import { rejection } from "../../../sdk/test/utils/rejection.ts";
import { openWorld, type World } from "../../../sdk/test/utils/world.ts";
import { acting, settle } from "../../test/utils/acting.ts";
import { refused as refusedBy, tenure, tenureJson } from "../../test/utils/tenure.ts";

/** What SDK and command line say of what was signed: whether it can count, and what taking it back comes to. */
describe("what SDK and command line say of what was signed", () => {
  const pair = { voucherId: 1, subjectId: 2 };
  let world: World;
  let folder: string;
  let file: string;
  before(async () => {
    world = await openWorld();
    await settle(world, 3);
  });
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "tenure-"));
    file = path.join(folder, "signed.json");
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
    await world.reset();
  });
  after(() => world.close());

  const read = async () => JSON.parse(await readFile(file, "utf8"));
  const write = (signed: object) => writeFile(file, JSON.stringify(signed));
  const signAs = (account: number, ...args: string[]) =>
    rm(file, { force: true }).then(() => tenureJson([...args, "--sign", file], acting(world, account)));
  /** Nothing is sent, and it is said why. */
  async function keepsOff(account: number, why = /./) {
    const block = await world.members[0].getBlockNumber();
    expect(await refusedBy(1, ["void", file], acting(world, account))).to.match(why);
    expect(await world.members[0].getBlockNumber()).to.equal(block);
  }

  it("a file that differs from what was signed voids nothing, and is not said to be void", async () => {
    await signAs(1, "pulse");
    const beat = await read();
    const changes = [{ deadline: beat.deadline + 1 }, { checkpoint: `0x${"ab".repeat(32)}` }, { signature: "0x" }];
    for (const change of changes) {
      await write({ ...beat, ...change });
      await keepsOff(1); // the real one would land
    }
    await write({ ...beat, owner: world.members[3].account.address });
    await keepsOff(3); // who never signed it
    await signAs(1, "vouch", "2", "--stake", "3");
    await write({ ...(await read()), signatureNonce: 7 });
    await keepsOff(1); // nonce 0 is what was signed
  });

  it("what is void already is not said to become so: a check-in after a rotation or a retirement", async () => {
    await signAs(1, "pulse");
    await world.members[1].rotateKeySync({ signed: await world.members[5].signRotateKey({ id: 1 }) });
    await keepsOff(1, /^It is void: /);
    await world.members[5].retireSync({ id: 1 });
    await keepsOff(1, /^It is void: /);
  });

  it("what is void already is not said to become so: by the pair's date, a key of others, the deadline", async () => {
    const [, one, , three, , next] = world.members;
    await signAs(1, "vouch", "2", "--stake", "3");
    await world.wait(2);
    await one.warnSync({ ...pair, stake: 3, periods: 1 });
    await keepsOff(1, /^It is void: /);
    await signAs(1, "vouch", "3", "--stake", "3");
    await three.rotateKeySync({ signed: await next.signRotateKey({ id: 3 }) });
    await keepsOff(1, /^It is void: /);
    await signAs(1, "pulse", "--valid", "10s");
    await world.wait(60);
    await keepsOff(1, /^It is void: |counted until/);
  });

  it("what is void already is not said to become so: a registration of, and a consent by, who is registered", async () => {
    await signAs(4, "register");
    await world.members[4].registerSync({});
    await keepsOff(4);
    await signAs(5, "rotate", "1");
    await world.members[5].registerSync({});
    await keepsOff(5);
  });

  it("voidConsent refuses a consent for another chain or registry, which it cannot void", async () => {
    const [, , , , , next] = world.members;
    const consent = await next.signRotateKey({ id: 1 });
    const elsewhere = [{ chainId: 1 }, { registry: shortAddresses.vouchRegistry }];
    for (const change of elsewhere) await rejection(next.voidConsentSync({ signed: { ...consent, ...change } }));
  });

  it("voidConsent refuses what was taken back before", async () => {
    const [, , , , , next] = world.members;
    const consent = await next.signRotateKey({ id: 1 });
    await next.voidConsentSync({ signed: consent });
    await rejection(next.voidConsentSync({ signed: consent }));
  });

  it("no revocation is signed, or called good, of what was revoked or disowned: it can never land", async () => {
    const [payer, one, two] = world.members;
    await one.vouchSync({ ...pair, stake: 3, periods: 1 });
    await world.wait(1);
    await one.revokeSync(pair);
    expect((await rejection(one.signRevoke(pair))).name).to.equal("VouchNotLiveError");
    const block = await payer.getBlockNumber();
    expect(await refusedBy(1, ["revoke", "2", "--sign", file], acting(world, 1))).to.include("counts no more");
    expect(await payer.getBlockNumber()).to.equal(block);
    const back = { voucherId: 2, subjectId: 1 };
    await two.vouchSync({ ...back, stake: 3, periods: 1 });
    const signed = await two.signRevoke(back);
    await one.disownSync(back);
    expect(await payer.verifyRevoke({ signed })).to.equal(false);
  });

  it("a wallet's consent is not called good before the five minutes in which it is taken", async () => {
    const [, one, , , , wallet] = world.members;
    const consent = await wallet.signAgentWallet({ id: 1, deadline: (await world.now()) + 3_600 });
    expect((await rejection(one.setAgentWallet({ signed: consent }))).name).to.equal("DeadlineTooFarError");
    expect(await one.verifyAgentWallet({ signed: consent })).to.equal(false);
  });

  for (const [who, asked] of [
    ["whoever asks but the registry", "0x"],
    ["the registry alone", "0x15"],
  ] as const) {
    it(`of an account that says yes to ${who}, verifying answers what the registry does`, async () => {
      const [payer, one] = world.members;
      const yes = concatHex(["0x7f", `0x1626ba7e${"00".repeat(28)}`, "0x60005260206000f3"]);
      const isAsked = concatHex(["0x3373", shortAddresses.vouchRegistry, "0x14", asked]);
      const end: Hex = asked === "0x" ? "0x43" : "0x44";
      // Jumps to the end, without an answer, where the caller is wrong.
      const bytecode = concatHex([isAsked, "0x60", end, "0x57", yes, "0x5b00"]);
      const signed = { ...(await one.signVouch({ ...pair, stake: 3, periods: 1 })), signature: "0x1234" as const };
      await payer.setCode({ address: one.account.address, bytecode });
      const isTaken = await payer.vouchFor.simulate({ signed }).then(
        () => true,
        () => false,
      );
      expect(isTaken).to.equal(asked !== "0x");
      expect(await payer.verifyVouch({ signed })).to.equal(isTaken);
    });
  }

  it("nothing is said to be locked where everything was burned", async () => {
    const [, one, , three] = world.members;
    await one.warnSync({ ...pair, stake: 3, periods: 1, arbiterId: 3 });
    await three.burnSync({ ...pair, amount: 3 });
    expect(await refusedBy(1, ["warn", "2", "--stake", "2"], acting(world, 1))).to.not.include("locked");
    const { stdout } = await tenure(["revoke", "2"], acting(world, 1));
    expect(stdout).to.match(/^✓ What identity 1 staked on 2 counts no more; all of it was burned\.\n/);
  });

  it("whoever was disowned and burned entirely is told until when it is refused, and of no lock", async () => {
    const [, one, two, three] = world.members;
    await one.vouchSync({ ...pair, stake: 3, periods: 1, arbiterId: 3 });
    await two.disownSync(pair);
    await three.burnSync({ ...pair, amount: 3 });
    const { name, message } = await rejection(one.vouch({ ...pair, stake: 1, periods: 1 }));
    expect(name).to.equal("VouchRefusedError");
    expect(message).to.match(/^Identity 2 disowned a vouch by 1, and takes none from it to the end of period \d+\./);
    expect(message).to.not.include("locked");
  });

  it("whoever was burned entirely finds its way by what the command line says: revoke, then warn without the arbiter", async () => {
    const [, one, , three] = world.members;
    await one.warnSync({ ...pair, stake: 3, periods: 1, arbiterId: 3 });
    await three.burnSync({ ...pair, amount: 3 });
    await three.setArbitrationSync({ id: 3, isOpen: false });
    expect(await refusedBy(1, ["warn", "2", "--stake", "2"], acting(world, 1))).to.include("tenure revoke");
    expect(await refusedBy(1, ["renew", "2", "--add", "2"], acting(world, 1))).to.include("revoke, then stake anew");
    await tenureJson(["revoke", "2"], acting(world, 1));
    expect(await refusedBy(1, ["warn", "2", "--stake", "2", "--arbiter", "3"], acting(world, 1))).to.include(
      "did not agree",
    );
    await tenureJson(["warn", "2", "--stake", "2"], acting(world, 1));
    expect((await one.getSupport({ id: 2 })).opposition).to.equal(2);
  });

  it("verifying never says yes to a signature that the registry does not take for one, nor no to what lands (random play)", async function () {
    this.timeout(120_000);
    let random = 22 * 7919;
    const pick = (most: number) => {
      random = (random * 48271) % 2147483647;
      return random % most;
    };
    const [payer, , , , next, other] = world.members;
    let [, one, two, three] = world.members;
    let spare = [next, other];
    type Held = { kind: string; verify: () => Promise<boolean>; simulate: () => Promise<unknown> };
    const held: Held[] = [];
    let signatureNonce = 0;
    const terms = async () => ({
      ...pair,
      ...{ stake: 1 + pick(6), periods: 1 + pick(3), signatureNonce: ++signatureNonce },
      ...{ arbiterId: pick(2) === 0 ? undefined : 3, deadline: (await world.now()) + 20 + pick(9_000) },
    });
    const hold = (kind: string, verify: Held["verify"], simulate: Held["simulate"]) =>
      held.push({ kind, verify, simulate });
    const signs = [
      async () => {
        const signed = await one.signVouch(await terms());
        hold(
          "vouch",
          () => payer.verifyVouch({ signed }),
          () => payer.vouchFor.simulate({ signed }),
        );
      },
      async () => {
        const signed = await one.signWarn(await terms());
        hold(
          "warn",
          () => payer.verifyWarn({ signed }),
          () => payer.warnFor.simulate({ signed }),
        );
      },
      async () => {
        const signed = await one.signRevoke(await terms());
        hold(
          "revoke",
          () => payer.verifyRevoke({ signed }),
          () => payer.revokeFor.simulate({ signed }),
        );
      },
      async () => {
        const signed = await one.signPulse({ id: 1, deadline: (await terms()).deadline });
        hold(
          "pulse",
          () => payer.verifyPulse({ signed }),
          () => payer.pulseFor.simulate({ signed }),
        );
      },
      async () => {
        const signed = await (spare[0] ?? one).signRotateKey({ id: 1, deadline: (await terms()).deadline });
        hold(
          "rotateKey",
          () => payer.verifyRotateKey({ signed }),
          () => one.rotateKey.simulate({ signed }),
        );
        if (pick(4) === 0) await (spare[0] ?? one).voidConsentSync({ signed });
      },
    ];
    const acts: (() => Promise<unknown>)[] = [
      async () => one.vouchSync(await terms()),
      async () => one.warnSync(await terms()),
      () => one.revokeSync(pair),
      () => one.renewSync({ ...pair, addedStake: pick(3), periods: 1 + pick(5) }),
      () => two.disownSync({ ...pair }),
      () => three.burnSync({ ...pair, amount: 1 + pick(4) }),
      () => three.setArbitrationSync({ id: 3, isOpen: pick(3) > 0 }),
      () => one.suspendSync({ id: 1 }).then(() => (pick(3) === 0 ? undefined : one.resumeSync({ id: 1 }))),
      () => one.resumeSync({ id: 1 }),
      () => one.pulseSync({ id: 1 }),
      () => world.wait(1 + pick(600)),
      () => one.invalidateNoncesSync({ registry: "vouchRegistry", nonces: [pick(signatureNonce + 1)] }),
      async () => {
        const [key, ...rest] = spare;
        if (key === undefined || pick(4) !== 0) return;
        const id = 1 + pick(3);
        await ([one, two, three][id - 1] as typeof one).rotateKeySync({ signed: await key.signRotateKey({ id }) });
        spare = rest;
        if (id === 1) one = key;
        else if (id === 2) two = key;
        else three = key;
      },
    ];
    const ofSignatures = ["InvalidSignatureError", "NonceUsedError", "SignatureExpiredError", "NotSubjectKeyError"];
    const outcomes = new Set<string>();
    for (let step = 0; step < 150; ++step) {
      const list = pick(3) === 0 ? signs : acts;
      await (list[pick(list.length)] as () => Promise<unknown>)().catch(() => "refused, as the play goes");
      for (let count = 0; count < 3 && held.length > 0; ++count) {
        const { kind, verify, simulate } = held[pick(held.length)] as Held;
        const isGood = await verify();
        const outcome = await simulate().then(
          () => "lands",
          (error: Error) => error.name,
        );
        outcomes.add(`${isGood}: ${outcome}`);
        expect(isGood && ofSignatures.includes(outcome), `step ${step}, ${kind}: yes, but ${outcome}`).to.equal(false);
        expect(!isGood && outcome === "lands", `step ${step}, ${kind}: no, but it lands`).to.equal(false);
      }
    }
    expect([...outcomes]).to.include.members([
      "true: lands",
      ...ofSignatures.slice(0, 3).map((name) => `false: ${name}`),
    ]);
  });
});
