// Everything that can happen to vouches, played by tests that follow it.

import type { World } from "./world.ts";

export const offerOf = (voucherId: number, subjectId: number, stake = 5, periods = 3) => ({
  voucherId,
  subjectId,
  stake,
  periods,
});

/** Everything that can happen to an edge or a voucher, one thing a step. */
export const edgeStory: [string, (world: World) => Promise<unknown>][] = [
  ["a vouch", ({ members: [one] }) => one.vouchSync({ ...offerOf(1, 2), arbiterId: 4 })],
  ["another", ({ members: [, two] }) => two.vouchSync(offerOf(2, 3, 7))],
  ["a warning", ({ members: [, , three] }) => three.warnSync(offerOf(3, 2, 4))],
  [
    "two more",
    async ({ members: [one, , , four] }) => [
      await one.vouchSync(offerOf(1, 4, 8, 1)),
      await four.vouchSync(offerOf(4, 3, 3, 1)),
    ],
  ],
  ["a renewal", ({ members: [one] }) => one.renewSync({ voucherId: 1, subjectId: 4, addedStake: 2, periods: 2 })],
  ["a burn", ({ members: [, , , four] }) => four.burnSync({ voucherId: 1, subjectId: 2, amount: 2, evidence: "" })],
  ["a revocation", ({ members: [, two] }) => two.revokeSync({ voucherId: 2, subjectId: 3 })],
  ["a vouch made anew over it", ({ members: [, two] }) => two.vouchSync(offerOf(2, 3, 7))],
  ["a warning made of a live vouch", ({ members: [, two] }) => two.warnSync(offerOf(2, 3, 7))],
  ["a disowned vouch", ({ members: [, , three] }) => three.disownSync({ voucherId: 4, subjectId: 3 })],
  ["a voucher's suspension", ({ members: [one] }) => one.suspendSync({ id: 1 })],
  ["its resumption", ({ members: [one] }) => one.resumeSync({ id: 1 })],
  [
    "a subject's new key",
    async ({ members: [, two, , , , sixth] }) => two.rotateKeySync({ signed: await sixth.signRotateKey({ id: 2 }) }),
  ],
  [
    "a vouch that is affirmed for it",
    ({ members: [one] }) => one.renewSync({ voucherId: 1, subjectId: 2, addedStake: 1, periods: 3 }),
  ],
  ["a voucher's retirement", ({ members: [, , three] }) => three.retireSync({ id: 3 })],
  ["the end of a period", ({ wait }) => wait(3_600)],
  [
    "a burn to the last point",
    ({ members: [, , , four] }) => four.burnSync({ voucherId: 1, subjectId: 2, amount: 4, evidence: "" }),
  ],
  ["the last period of a vouch", ({ wait }) => wait(3_600)],
  ["the last period of a warning", ({ wait }) => wait(3_600)],
  ["the end of everything", ({ wait }) => wait(7 * 3_600)],
];
