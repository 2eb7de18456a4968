import { expect } from "chai";
import { Chance } from "../../verification/model/program/chance.ts";
import type { Requirement } from "../utils/vouchMocks.ts";
import { readersWorld } from "../utils/vouchReaders.ts";
import * as on from "../utils/vouchWorld.ts";
import { anyWorld, deeds } from "./anyWorld.ts";
import { type Facts, factsOf, judge } from "./judge.ts";
import { demand, Reason } from "./reasons.ts";

const WORLDS = 4;
const STEPS = 60;
/** As many as both Hardhat and anvil have, where `npm run test:chains` starts it. */
const SIGNERS = 20;
const UNKNOWN_IDS = [0n, on.UNKNOWN, 2n ** 256n - 1n];

/** A demand for exactly what the identity has, or for a little more or less, or none. */
function demandNear(
  { age, tenure, silence, support, opposition, vouchers, warners }: Facts,
  keyAge: bigint,
  chance: Chance,
) {
  const near = (value: bigint): bigint => {
    const chosen = chance.pick([0n, value, value, value - 1n, value + 1n]);
    return chosen < 0n ? 0n : chosen;
  };
  const stakes = [...vouchers.values(), ...warners.values(), 0n];
  const candidates = [...vouchers.keys(), ...vouchers.keys(), ...warners.keys(), 1n, 2n, 3n, 4n, 5n, ...UNKNOWN_IDS];
  return {
    minAge: near(age),
    minTenure: near(tenure),
    minKeyAge: near(keyAge),
    maxSilence: near(silence),
    minSupport: near(support),
    oppositionLimit: near(opposition),
    anchors: [chance.pick(candidates), chance.pick(candidates), chance.pick(candidates)],
    minAnchors: chance.between(0n, 2n),
    minAnchorStake: near(chance.pick(stakes)),
    anchorWarningLimit: chance.between(0n, 2n),
    keyOwned: chance.between(0n, 1n) === 1n,
  };
}

describe("TrustGate > any world", () => {
  const met = new Set<string>();

  /** Plays one world, and holds each answer of the gate and of the board against the judge's. */
  async function play(seed: number): Promise<void> {
    const { gate, board, ...world } = await on.loadFixture(readersWorld);
    const chance = new Chance(seed);
    const finn = world.finn.owner;
    // The first of them have keys: anvil also names accounts that another test spoke for without one.
    const signers = (await on.ethers.getSigners()).slice(0, SIGNERS).filter(({ address }) => address !== finn.address);
    const { agents, keys, step } = await anyWorld({ gate, board, ...world }, chance, signers);
    const ids = [...agents.map(({ id }) => id), ...UNKNOWN_IDS];
    const ofBoard = demand({
      minTenure: 45n * on.DAY,
      anchors: [world.cleo.id],
      minAnchors: 1n,
      minAnchorStake: 5n,
      anchorWarningLimit: 1n,
    });

    /** Nothing if the call would go through, the arguments of the refusal if not. */
    async function refusalOf(call: Promise<unknown>): Promise<bigint[]> {
      const data = await call.then(
        () => undefined,
        (error: { data?: string }) => error.data ?? "0x",
      );
      if (data === undefined) return [];
      const refusal = gate.interface.parseError(data);
      expect(refusal?.name).to.equal("Untrusted");
      return [...(refusal?.args ?? [])] as bigint[];
    }

    function noteReasons(reasons: bigint): void {
      for (const [name, bit] of Object.entries(Reason)) if ((reasons & bit) !== 0n) met.add(name);
    }

    for (let count = 0; count < STEPS; ++count) {
      met.add((await step()) ?? "refused");
      const now = BigInt(await on.time.latest());
      const facts = new Map<bigint, Facts>();
      for (const id of ids) facts.set(id, await factsOf(world, id));
      const owners = [...keys.values()].filter(({ role }) => role === "owner");
      const ownerAge = (id: bigint): bigint => now - (owners.find((noted) => noted.id === id)?.since ?? now);

      for (const known of facts.values()) {
        const demanded = demandNear(known, ownerAge(known.id), chance);
        const reasons = judge(known, ownerAge(known.id), demanded);
        expect(await gate.unmet(known.id, demanded)).to.equal(reasons);
        noteReasons(reasons);
      }
      for (const key of [...signers.filter(({ address }) => keys.has(address)), world.relayer]) {
        const { id = 0n, role, since = now } = keys.get(key.address) ?? {};
        const known = facts.get(id) as Facts;
        const youngest = role === "wallet" && now - since < ownerAge(id) ? now - since : ownerAge(id);
        const demanded = demandNear(known, youngest, chance);
        const attempts: [string, Requirement, () => Promise<unknown>][] = [
          ["enter", demanded, () => gate.connect(key).getFunction("enter").staticCall(demanded)],
          ["post", ofBoard, () => board.connect(key).post.staticCall("hello")],
        ];
        for (const [name, asked, attempt] of attempts) {
          const reasons = role === "former" ? Reason.FormerKey : judge(known, youngest, asked);
          expect(await refusalOf(attempt())).to.deep.equal(reasons === 0n ? [] : [id, reasons]);
          if (reasons === 0n) met.add(`${name} as ${role}`);
          noteReasons(reasons);
        }
      }
    }
  }

  for (let seed = 1; seed <= WORLDS; ++seed) {
    it(`should judge each key and each number as a naive judge does, after each step of world ${seed}`, async () => {
      await play(seed);
    });
  }

  it("should have met each deed and each reason, and callers of both roles who met all", () => {
    const reasons = Object.keys(Reason);
    const calls = ["enter as owner", "enter as wallet", "post as owner", "post as wallet"];
    expect([...met]).to.have.members(["refused", ...deeds, ...reasons, ...calls]);
  });
});
