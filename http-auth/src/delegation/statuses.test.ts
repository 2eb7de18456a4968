// What became of grants, as it is asked and kept. Who answers is here a function, as the tests are about sources that answer badly
// or late, and about time.
import { expect } from "chai";
import type { Address } from "viem";
import { type GrantPlan, signedChain } from "../../test/utils/grantedRequest.ts";
import { grantKeys } from "../../test/utils/grantKeys.ts";
import { vectorNow } from "../../test/utils/signers.ts";
import { chainOf, readChain } from "./chain.ts";
import { Statuses, type StatusRules } from "./statuses.ts";
import type { GrantStatus, StatusQuestion, StatusSource } from "./types.ts";

const { a, b, c, d } = grantKeys;
const registry: Address = `0x${"99".repeat(20)}`;
const two: GrantPlan[] = [
  { like: "g0", to: a },
  { like: "g1", to: b },
];
const active = (epoch: bigint): GrantStatus => ({ isRevoked: false, epoch });

const chainBy = async (...plans: GrantPlan[]) => chainOf(readChain((await signedChain(...plans)).field, 4, () => true));

/** Statuses by a function, and what it was asked. */
function statusesBy(answer: (question: StatusQuestion) => GrantStatus, rules: Partial<StatusRules> = {}) {
  const asked: (readonly StatusQuestion[])[] = [];
  const source: StatusSource = {
    statuses: async (questions) => {
      asked.push(questions);
      return questions.map(answer);
    },
  };
  const registries = new Map([["1", registry]]);
  const statuses = new Statuses({ source, registries, lifetime: 60, mayTrail: false, timeout: 200, ...rules });
  return { statuses, asked };
}
const epochs = ({ account }: StatusQuestion) => active(a.delegate.endsWith(account) ? 3n : 7n);

describe("what became of grants", () => {
  it("should be asked once for a whole chain, with the account and the handle of each", async () => {
    const { statuses, asked } = statusesBy(epochs);
    expect(await statuses.check(await chainBy(...two), vectorNow)).to.equal(undefined);
    const [questions, ...others] = asked;
    expect(others).to.deep.equal([]);
    expect(questions).to.deep.equal([
      { chainId: 1, registry, account: grantKeys.root.delegate.slice(9), handle: `0x${"11".repeat(32)}` },
      { chainId: 1, registry, account: a.delegate.slice(9), handle: `0x${"22".repeat(32)}` },
    ]);
  });

  it("should be asked under the account above of what a key granted", async () => {
    const { statuses, asked } = statusesBy(() => active(7n));
    const chain = await chainBy({ like: "p0", to: c }, { like: "q1", to: d });
    expect(await statuses.check(chain, vectorNow)).to.equal(undefined);
    const root = grantKeys.root.delegate.slice(9);
    expect(asked[0]?.map(({ account }) => account)).to.deep.equal([root, root]);
    expect(asked[0]?.[1]?.handle).to.equal("0xaa396f63df553558d9e2401ae6b9a6bed1a0e455e6bf74a50c1e3f4105f51f9a");
  });

  it("should be believed for as long as it may be, and no second longer", async () => {
    for (const lifetime of [60, 10, 0]) {
      const { statuses, asked } = statusesBy(epochs, { lifetime });
      const chain = await chainBy(...two);
      for (const [second, count] of [
        [0, 1],
        [lifetime - 1, 1],
        [lifetime, 2],
        [2 * lifetime - 1, 2],
        [2 * lifetime, 3],
      ] as const) {
        if (lifetime === 0) continue;
        expect(await statuses.check(chain, vectorNow + second)).to.equal(undefined);
        expect(asked, `${lifetime}, ${second}`).to.have.length(count);
      }
      await statuses.check(chain, vectorNow);
      await statuses.check(chain, vectorNow);
      if (lifetime === 0) expect(asked).to.have.length(2);
    }
  });

  it("should not be believed beyond the end of the grant", async () => {
    const { statuses, asked } = statusesBy(epochs);
    const chain = await chainBy(...two);
    const end = 1_700_001_800;
    await statuses.check(chain, end - 5);
    await statuses.check(chain, end);
    expect(asked).to.have.length(1);
    await statuses.check(chain, end + 1);
    expect(asked).to.have.length(2);
  });

  it("should not be believed for longer by a clock that goes back", async () => {
    const { statuses, asked } = statusesBy(epochs);
    const chain = await chainBy(...two);
    await statuses.check(chain, vectorNow + 3_600);
    await statuses.check(chain, vectorNow);
    expect(asked).to.have.length(2);
    await statuses.check(chain, vectorNow + 59);
    expect(asked).to.have.length(2);
    await statuses.check(chain, vectorNow + 60);
    expect(asked).to.have.length(3);
  });

  it("should not be believed for longer where the clock goes back while it is asked", async () => {
    const waiting: (() => void)[] = [];
    const statuses = (questions: readonly StatusQuestion[]) =>
      new Promise<readonly GrantStatus[]>((resolve) => waiting.push(() => resolve(questions.map(epochs))));
    const { statuses: kept } = statusesBy(epochs, { source: { statuses } });
    const chain = await chainBy(...two);
    const other = await chainBy({ like: "p0", to: c });
    const early = kept.check(chain, vectorNow + 3_600);
    void kept.check(other, vectorNow);
    waiting.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
    // What was asked by the wrong clock counts for nothing, and is asked once more.
    expect(waiting).to.have.length(2);
    for (const answer of waiting.splice(0)) answer();
    expect(await early).to.equal(undefined);
    void kept.check(chain, vectorNow + 60);
    expect(waiting).to.have.length(1);
    waiting[0]?.();
  });

  it("should be asked again after an error, whoever was believed before", async () => {
    let isDown = false;
    const { statuses } = statusesBy((question) => {
      if (isDown) throw new Error("down");
      return epochs(question);
    });
    const chain = await chainBy(...two);
    expect(await statuses.check(chain, vectorNow)).to.equal(undefined);
    isDown = true;
    expect(await statuses.check(chain, vectorNow + 59)).to.equal(undefined);
    expect(await statuses.check(chain, vectorNow + 60)).to.include({ code: "revocation_unavailable" });
    isDown = false;
    expect(await statuses.check(chain, vectorNow + 61)).to.equal(undefined);
  });

  it("should keep a no for good", async () => {
    for (const [answer, code] of [
      [{ isRevoked: true, epoch: 7n }, "authorization_revoked"],
      [active(8n), "authorization_epoch_mismatch"],
    ] as const) {
      const { statuses, asked } = statusesBy(() => answer);
      const chain = await chainBy({ like: "g0", to: a });
      for (const second of [0, 1_000, 3_000])
        expect(await statuses.check(chain, vectorNow + second)).to.include({ code });
      expect(asked).to.have.length(1);
    }
  });

  it("should not keep that a grant is ahead, unless the source may trail, and then for its first minute", async () => {
    const begin = 1_699_999_000;
    const chain = await chainBy({ like: "g0", to: a });
    const strict = statusesBy(() => active(6n));
    expect(await strict.statuses.check(chain, begin)).to.include({ code: "authorization_epoch_mismatch" });
    expect(await strict.statuses.check(chain, begin)).to.include({ code: "authorization_epoch_mismatch" });
    expect(strict.asked).to.have.length(2);

    const trailing = statusesBy(() => active(6n), { mayTrail: true });
    expect(await trailing.statuses.check(chain, begin + 30)).to.equal(undefined);
    expect(await trailing.statuses.check(chain, begin + 60)).to.equal(undefined);
    expect(trailing.asked).to.have.length(1);
    expect(await trailing.statuses.check(chain, begin + 61)).to.include({ code: "authorization_epoch_mismatch" });
    for (const answer of [active(5n), { isRevoked: true, epoch: 6n }]) {
      const other = statusesBy(() => answer, { mayTrail: true });
      expect(await other.statuses.check(chain, begin)).to.have.property("code");
    }
  });

  describe("and events", () => {
    it("should be forgotten for the account of an event, and for no other one", async () => {
      let isRevoked = false;
      const { statuses, asked } = statusesBy((question) => ({ ...epochs(question), isRevoked }));
      const chain = await chainBy({ like: "g0", to: a });
      await statuses.check(chain, vectorNow);
      isRevoked = true;
      statuses.drop({ chainId: 1, account: `0x${"12".repeat(20)}` });
      statuses.drop({ chainId: 2, account: grantKeys.root.delegate.slice(9) as Address });
      expect(await statuses.check(chain, vectorNow + 1)).to.equal(undefined);
      expect(asked).to.have.length(1);
      statuses.drop({
        chainId: 1,
        account: grantKeys.root.delegate.slice(9).toUpperCase().replace("0X", "0x") as Address,
      });
      expect(await statuses.check(chain, vectorNow + 1)).to.include({ code: "authorization_revoked" });
    });

    it("should not be an answer that an event overtook", async () => {
      const account = grantKeys.root.delegate.slice(9) as Address;
      let count = 0;
      const { statuses, asked } = statusesBy(() => {
        count += 1;
        // The first answer is of before the event, and comes after it.
        if (count > 1) return { isRevoked: true, epoch: 7n };
        statuses.drop({ chainId: 1, account });
        return active(7n);
      });
      const chain = await chainBy({ like: "g0", to: a });
      expect(await statuses.check(chain, vectorNow)).to.include({ code: "authorization_revoked" });
      expect(asked).to.have.length(2);
    });

    it("should be unknown where events come without an end", async () => {
      const account = grantKeys.root.delegate.slice(9) as Address;
      const { statuses } = statusesBy(() => {
        statuses.drop({ chainId: 1, account });
        return active(7n);
      });
      const chain = await chainBy({ like: "g0", to: a });
      expect(await statuses.check(chain, vectorNow)).to.include({ code: "revocation_unavailable" });
    });

    it("should stay forgotten, however many accounts have events", async () => {
      const { statuses, asked } = statusesBy(epochs);
      const chain = await chainBy({ like: "g0", to: a });
      await statuses.check(chain, vectorNow);
      statuses.drop({ chainId: 1, account: grantKeys.root.delegate.slice(9) as Address });
      for (let index = 0; index < 25_000; index++) {
        statuses.drop({ chainId: 1, account: `0x${index.toString(16).padStart(40, "0")}` });
      }
      await statuses.check(chain, vectorNow);
      expect(asked).to.have.length(2);
    });
  });

  it("should be asked once by many requests at once", async () => {
    const { statuses, asked } = statusesBy(epochs);
    const chain = await chainBy(...two);
    const all = await Promise.all(Array.from({ length: 1_000 }, () => statuses.check(chain, vectorNow)));
    expect(all.every((refusal) => refusal === undefined)).to.equal(true);
    expect(asked).to.have.length(1);
  });

  const bad: Readonly<Record<string, StatusSource["statuses"]>> = {
    "throws at once": () => {
      throw new Error("down");
    },
    "fails later": () => Promise.reject(new Error("down")),
    "is silent": () => new Promise(() => {}),
    "answers too little": () => [active(7n)],
    "answers nothing": () => undefined as never,
    "answers what is no yes or no": () => [1, 2].map(() => ({ isRevoked: 0, epoch: 7n })) as never,
    "answers a number for an epoch": () => [1, 2].map(() => ({ isRevoked: false, epoch: 7 })) as never,
    "answers half": () => [active(7n), {}] as never,
  };
  for (const [what, statuses] of Object.entries(bad)) {
    it(`should be unknown where the source ${what}, and known later`, async () => {
      let isBad = true;
      const source: StatusSource = {
        statuses: (questions) => (isBad ? statuses(questions) : questions.map(epochs)),
      };
      const registries = new Map([["1", registry]]);
      const book = new Statuses({ source, registries, lifetime: 60, mayTrail: false, timeout: 50 });
      const chain = await chainBy(...two);
      expect(await book.check(chain, vectorNow)).to.include({ code: "revocation_unavailable" });
      isBad = false;
      expect(await book.check(chain, vectorNow)).to.equal(undefined);
    });
  }

  it("should be unknown where there is no registry on the account's chain", async () => {
    const { statuses, asked } = statusesBy(epochs, { registries: new Map([["5", registry]]) });
    expect(await statuses.check(await chainBy(...two), vectorNow)).to.include({ code: "revocation_unavailable" });
    expect(asked).to.deep.equal([]);
  });
});
