import { expect } from "chai";
import { type ContractTransactionResponse, ZeroAddress } from "ethers";
import {
  at,
  ChangeKind,
  loadFixture,
  logsOf,
  NO_CHANGE,
  now,
  pendingOf,
  RECOVERY_DELAY,
  type Scene,
  Status,
  time,
} from "../utils/identity.ts";
import { equipped } from "../utils/identityScenes.ts";
import { rotate } from "../utils/identitySigning.ts";

type Role = "owner" | "guardian" | "stranger" | "candidate" | "next";
type Kind = "nothing" | "another guardian" | "no guardian" | "a recovery" | "a retirement";

/** What waits, and who made it wait. */
const waiting: Record<Kind, (scene: Scene) => Promise<unknown>> = {
  nothing: async () => {},
  "another guardian": ({ registry, owner, stranger }) => registry.connect(owner).setGuardian(1, stranger),
  "no guardian": ({ registry, owner }) => registry.connect(owner).setGuardian(1, ZeroAddress),
  "a recovery": ({ registry, guardian, candidate }) => registry.connect(guardian).proposeRecovery(1, candidate),
  "a retirement": ({ registry, owner }) => registry.connect(owner).retire(1),
};

/**
 * What waits afterwards, as [kind, who], and whether its wait began before; or the error and its arguments, where
 * `ready` stands for the second that the change is ready.
 */
type Outcome = { waits: [bigint, Role | null]; already?: true } | { error: string; args: (Role | "ready" | 1n)[] };

const G = ChangeKind.Guardian;
const anotherGuardian: Outcome = { waits: [G, "stranger"] };
const noGuardian: Outcome = { waits: [G, null] };
const recovery: Outcome = { waits: [ChangeKind.Recovery, "candidate"] };
const otherRecovery: Outcome = { waits: [ChangeKind.Recovery, "next"] };
const retirement: Outcome = { waits: [ChangeKind.Retirement, null] };
const nothing: Outcome = { waits: [ChangeKind.None, null] };
const notReady: Outcome = { error: "ChangeNotReady", args: [1n, "ready"] };
const blocked: Outcome = { error: "RecoveryPending", args: [1n, "candidate"] };
const none: Outcome = { error: "NoPendingChange", args: [1n] };
const no = (error: string, caller: Role): Outcome => ({ error, args: [1n, caller] });

interface Action {
  name: string;
  send(scene: Scene): Promise<ContractTransactionResponse>;
  /** For each of what may wait, a second before it is ready. */
  before: Record<Kind, Outcome>;
}

const kinds = Object.keys(waiting) as Kind[];
const always = (outcome: Outcome) => Object.fromEntries(kinds.map((kind) => [kind, outcome])) as Record<Kind, Outcome>;
const unchanged: Record<Kind, Outcome> = {
  nothing,
  "another guardian": { ...anotherGuardian, already: true },
  "no guardian": { ...noGuardian, already: true },
  "a recovery": { ...recovery, already: true },
  "a retirement": { ...retirement, already: true },
};

const actions: Action[] = [
  {
    name: "the owner asks for another guardian",
    send: ({ registry, owner, stranger }) => registry.connect(owner).setGuardian(1, stranger),
    before: { ...always(anotherGuardian), "another guardian": notReady, "a recovery": blocked },
  },
  {
    name: "the owner asks for no guardian",
    send: ({ registry, owner }) => registry.connect(owner).setGuardian(1, ZeroAddress),
    before: { ...always(noGuardian), "no guardian": notReady, "a recovery": blocked },
  },
  {
    name: "the owner asks for a third guardian",
    send: ({ registry, owner, next }) => registry.connect(owner).setGuardian(1, next),
    before: { ...always({ waits: [G, "next"] }), "a recovery": blocked },
  },
  {
    name: "the owner retires",
    send: ({ registry, owner }) => registry.connect(owner).retire(1),
    before: { ...always(retirement), "a retirement": notReady, "a recovery": blocked },
  },
  {
    name: "the owner cancels",
    send: ({ registry, owner }) => registry.connect(owner).cancelPending(1),
    before: { ...always(nothing), nothing: none, "a recovery": no("NotAuthorized", "owner") },
  },
  {
    name: "the owner rotates",
    send: ({ registry, owner, next }) => rotate(registry, owner, 1n, next),
    before: { ...always(nothing), "a recovery": unchanged["a recovery"] },
  },
  {
    name: "the owner suspends",
    send: ({ registry, owner }) => registry.connect(owner).suspend(1),
    before: unchanged,
  },
  {
    name: "the guardian suspends",
    send: ({ registry, guardian }) => registry.connect(guardian).suspend(1),
    before: unchanged,
  },
  {
    name: "the guardian cancels",
    send: ({ registry, guardian }) => registry.connect(guardian).cancelPending(1),
    before: { ...always(nothing), nothing: none },
  },
  {
    name: "the guardian proposes a recovery",
    send: ({ registry, guardian, candidate }) => registry.connect(guardian).proposeRecovery(1, candidate),
    before: always(recovery),
  },
  {
    name: "the guardian proposes a recovery to somebody else",
    send: ({ registry, guardian, next }) => registry.connect(guardian).proposeRecovery(1, next),
    before: always(otherRecovery),
  },
  {
    name: "the candidate claims",
    send: ({ registry, candidate }) => registry.connect(candidate).claimRecovery(1),
    before: { ...always(none), "a recovery": notReady },
  },
  {
    name: "the candidate cancels",
    send: ({ registry, candidate }) => registry.connect(candidate).cancelPending(1),
    before: { ...always(no("NotAuthorized", "candidate")), nothing: none },
  },
  {
    name: "the next guardian, or a stranger, cancels",
    send: ({ registry, stranger }) => registry.connect(stranger).cancelPending(1),
    before: { ...always(no("NotAuthorized", "stranger")), nothing: none },
  },
];

describe("IdentityRegistry", () => {
  describe("a waiting change", () => {
    for (const kind of kinds) {
      describe(`given that ${kind} waits, a second before it is ready`, () => {
        for (const { name, send, before } of actions) {
          const outcome = before[kind];
          const says = "error" in outcome ? `reverts ${outcome.error}` : describeWaiting(outcome);
          it(`when ${name}, it ${says}`, async () => {
            const scene = await loadFixture(equipped);
            const { registry } = scene;
            await waiting[kind](scene);
            const readyAt = (await now()) + RECOVERY_DELAY;
            const waited = await pendingOf(registry, 1n);
            const moment = readyAt - 1n;
            await at(moment);
            if ("error" in outcome) {
              const args = outcome.args.map((arg) =>
                arg === "ready" ? readyAt : arg === 1n ? arg : scene[arg].address,
              );
              await expect(send(scene))
                .to.be.revertedWithCustomError(registry, outcome.error)
                .withArgs(...args);
              expect(await pendingOf(registry, 1n)).to.deep.equal(waited);
            } else {
              await send(scene);
              const [nextKind, who] = outcome.waits;
              const ready = outcome.already ? readyAt : moment + RECOVERY_DELAY;
              const address = who === null ? ZeroAddress : scene[who].address;
              expect(await pendingOf(registry, 1n)).to.deep.equal(
                nextKind === ChangeKind.None ? NO_CHANGE : [nextKind, address, ready],
              );
            }
            expect((await registry.identityOf(1)).guardian).to.equal(scene.guardian.address);
          });
        }
      });
    }

    it("given a suspension while it waits, its delay runs on: who resumes lets the owner complete it at once", async () => {
      const scene = await loadFixture(equipped);
      const { registry, owner, guardian } = scene;
      await waiting["a retirement"](scene);
      await registry.connect(guardian).suspend(1);
      await time.increase(RECOVERY_DELAY);
      await registry.connect(guardian).resume(1);
      await registry.connect(owner).retire(1);
      expect((await registry.identityOf(1)).status).to.equal(Status.Retired);
    });

    it("given it was proposed two delays before the last second that 40 bits hold, it is told until then", async () => {
      const scene = await loadFixture(equipped);
      const last = 2n ** 40n - 1n;
      await at(last - 2n * RECOVERY_DELAY);
      await waiting["a retirement"](scene);
      await time.increaseTo(last);
      const told = [ChangeKind.Retirement, ZeroAddress, last - RECOVERY_DELAY];
      expect(await pendingOf(scene.registry, 1n)).to.deep.equal(told);
    });
  });

  describe("cancelPending", () => {
    for (const [kind, by, id] of [
      ["another guardian", "owner", G],
      ["another guardian", "guardian", G],
      ["no guardian", "owner", G],
      ["no guardian", "guardian", G],
      ["a recovery", "guardian", ChangeKind.Recovery],
      ["a retirement", "owner", ChangeKind.Retirement],
      ["a retirement", "guardian", ChangeKind.Retirement],
    ] as const) {
      it(`logs ChangeCancelled with ${kind} by the ${by}`, async () => {
        const scene = await loadFixture(equipped);
        await waiting[kind](scene);
        expect(await logsOf(scene.registry, scene.registry.connect(scene[by]).cancelPending(1))).to.deep.equal([
          ["ChangeCancelled", 1n, id, scene[by].address],
        ]);
        expect(await pendingOf(scene.registry, 1n)).to.deep.equal(NO_CHANGE);
      });
    }

    it("works after the change was ready, to the last second before it expires", async () => {
      const scene = await loadFixture(equipped);
      await waiting["a retirement"](scene);
      await at((await now()) + 2n * RECOVERY_DELAY);
      await scene.registry.connect(scene.guardian).cancelPending(1);
      expect(await pendingOf(scene.registry, 1n)).to.deep.equal(NO_CHANGE);
    });

    for (const kind of kinds.filter((name) => name !== "nothing")) {
      it(`finds nothing where ${kind} has expired`, async () => {
        const scene = await loadFixture(equipped);
        const { registry, guardian } = scene;
        await waiting[kind](scene);
        await time.increaseTo((await now()) + 2n * RECOVERY_DELAY + 1n);
        await expect(registry.connect(guardian).cancelPending(1))
          .to.be.revertedWithCustomError(registry, "NoPendingChange")
          .withArgs(1n);
        expect(await pendingOf(registry, 1n)).to.deep.equal(NO_CHANGE);
      });
    }

    it("lets the guardian stay for ever: it cancels its own replacement, and a retirement, every time", async () => {
      const scene = await loadFixture(equipped);
      const { registry, owner, guardian, stranger } = scene;
      const wishes = [() => registry.connect(owner).setGuardian(1, stranger), () => registry.connect(owner).retire(1)];
      for (const wish of [...wishes, ...wishes, ...wishes]) {
        await wish();
        await time.increase(RECOVERY_DELAY - 10n);
        await registry.connect(guardian).cancelPending(1);
        await time.increase(10n);
        expect(await pendingOf(registry, 1n)).to.deep.equal(NO_CHANGE);
      }
      const { guardian: still, status } = await registry.identityOf(1);
      expect([still, status]).to.deep.equal([guardian.address, Status.Active]);
    });

    it("makes the owner begin again: the next call proposes, it does not complete", async () => {
      const scene = await loadFixture(equipped);
      const { registry, owner, guardian } = scene;
      await registry.connect(owner).retire(1);
      await registry.connect(guardian).cancelPending(1);
      const moment = (await now()) + RECOVERY_DELAY;
      await at(moment);
      await registry.connect(owner).retire(1);
      expect(await pendingOf(registry, 1n)).to.deep.equal([
        ChangeKind.Retirement,
        ZeroAddress,
        moment + RECOVERY_DELAY,
      ]);
    });
  });
});

function describeWaiting(outcome: Outcome): string {
  if ("error" in outcome) return outcome.error;
  const name = Object.entries(ChangeKind).find(([, value]) => value === outcome.waits[0])?.[0];
  return outcome.waits[0] === ChangeKind.None
    ? "leaves nothing waiting"
    : `${outcome.already ? "leaves" : "starts"} the wait of a ${name} change, for ${outcome.waits[1] ?? "nobody"}`;
}
