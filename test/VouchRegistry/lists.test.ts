import { expect } from "chai";
import { fieldsOf } from "../utils/vouchMocks.ts";
import {
  type Agent,
  burn,
  disown,
  ethers,
  grownWorld,
  loadFixture,
  refused,
  renew,
  retire,
  revoke,
  rotate,
  startOf,
  time,
  UNKNOWN,
  VouchState,
  vouch,
  type World,
  warn,
} from "../utils/vouchWorld.ts";

/** Both directions are the same kind of list: what is true of one is tried on the other. */
interface Direction {
  name: "vouchersOf" | "vouchesBy";
  /** Makes an edge between the identity whose list it is and another one. */
  link(world: World, whose: Agent, other: Agent, make: typeof vouch): Promise<unknown>;
  edge(world: World, whose: Agent, other: Agent): ReturnType<World["vouches"]["vouchOf"]>;
  other: "voucherId" | "subjectId";
}

const directions: Direction[] = [
  {
    name: "vouchersOf",
    link: (world, subject, voucher, make) => make(world, voucher, subject, { stake: 2n }),
    edge: ({ vouches }, subject, voucher) => vouches.vouchOf(voucher.id, subject.id),
    other: "voucherId",
  },
  {
    name: "vouchesBy",
    link: (world, voucher, subject, make) => make(world, voucher, subject, { stake: 2n }),
    edge: ({ vouches }, voucher, subject) => vouches.vouchOf(voucher.id, subject.id),
    other: "subjectId",
  },
];

for (const list of directions) {
  describe(`VouchRegistry > ${list.name}`, () => {
    let world: World;
    let ada: Agent;
    /** In the order in which they were linked to ada. */
    let others: Agent[];
    beforeEach(async () => {
      world = await loadFixture(grownWorld);
      ada = world.ada;
      others = [world.dan, world.ben, world.finn, world.cleo];
    });

    const pageOf = async (cursor: bigint, limit: bigint, whose = ada.id): Promise<[ids: bigint[], next: bigint]> => {
      const [page, next] = await world.vouches[list.name](whose, cursor, limit);
      return [page.map((edge) => edge[list.other]), next];
    };
    const link = (other: Agent, make = vouch) => list.link(world, ada, other, make);

    /** All pages of a size, one after the other. */
    async function walk(limit: bigint): Promise<bigint[]> {
      const ids: bigint[] = [];
      let cursor = 0n;
      let pages = 0;
      do {
        const [page, next] = await pageOf(cursor, limit);
        ids.push(...page);
        cursor = next;
      } while (cursor !== 0n && ++pages < 10); // a walk in circles has to end too
      return ids;
    }

    it("given no edge, it should answer an empty page and no cursor", async () => {
      expect(await pageOf(0n, 10n)).to.deep.equal([[], 0n]);
      expect(await pageOf(0n, 0n)).to.deep.equal([[], 0n]);
    });

    it("given an unknown identity, it should answer an empty page and no cursor", async () => {
      for (const id of [0n, UNKNOWN, ethers.MaxUint256]) expect(await pageOf(0n, 10n, id)).to.deep.equal([[], 0n]);
    });

    describe("given four pairs, vouches and warnings mixed", () => {
      let newestFirst: bigint[];
      beforeEach(async () => {
        for (const [index, other] of others.entries()) await link(other, index % 2 === 0 ? vouch : warn);
        newestFirst = others.map((other) => other.id).reverse();
      });

      it("should answer all of them, newest first", async () => {
        expect(await pageOf(0n, 10n)).to.deep.equal([newestFirst, 0n]);
      });

      it("should answer each edge as vouchOf does", async () => {
        const [page] = await world.vouches[list.name](ada.id, 0, 10);
        for (const [index, other] of [...others].reverse().entries()) {
          expect(fieldsOf(page[index])).to.deep.equal(fieldsOf(await list.edge(world, ada, other)));
        }
      });

      for (const limit of [1n, 2n, 3n, 4n, 5n, 2n ** 256n - 1n]) {
        it(`when walked by pages of ${limit > 5n ? "2^256 - 1" : limit}, it should meet every edge exactly once`, async () => {
          expect(await walk(limit)).to.deep.equal(newestFirst);
        });
      }

      it("when the limit ends a page exactly at the end, it should answer no cursor", async () => {
        expect(await pageOf(0n, 4n)).to.deep.equal([newestFirst, 0n]);
      });

      it("when the limit is less, it should answer the next one as cursor", async () => {
        expect(await pageOf(0n, 3n)).to.deep.equal([newestFirst.slice(0, 3), newestFirst[3]]);
      });

      it("when the limit is 0, it should answer an empty page and stay where it is", async () => {
        expect(await pageOf(0n, 0n)).to.deep.equal([[], newestFirst[0]]);
        expect(await pageOf(newestFirst[2] as bigint, 0n)).to.deep.equal([[], newestFirst[2]]);
      });

      it("when the cursor is of another list, unknown, its own or too wide, it should revert", async () => {
        await list.link(world, world.eve, world.dan, vouch);
        for (const cursor of [world.eve.id, ada.id, UNKNOWN, 2n ** 40n + world.ben.id, ethers.MaxUint256]) {
          const call = world.vouches[list.name](ada.id, cursor, 10);
          await refused(call, world.vouches, "InvalidCursor", cursor);
        }
      });

      it("when a pair is added in the middle of a walk, the walk should go on undisturbed", async () => {
        const [first, cursor] = await pageOf(0n, 2n);
        await link(world.eve);
        const [rest, end] = await pageOf(cursor, 10n);
        expect([...first, ...rest]).to.deep.equal(newestFirst);
        expect(end).to.equal(0n);
        expect(await walk(2n)).to.deep.equal([world.eve.id, ...newestFirst]);
      });

      it("should add no node when pairs are staked on again, for or against", async () => {
        for (const [period, make] of [
          [3n, vouch],
          [6n, warn],
          [9n, vouch],
        ] as const) {
          await time.increaseTo(startOf(period));
          for (const other of others) await link(other, make);
          expect(await walk(3n)).to.deep.equal(newestFirst);
        }
      });

      it("given keys that changed a different number of times, should know each row by its own", async () => {
        const [first, second, third] = world.spare;
        await rotate(world, await rotate(world, world.dan, first), second);
        await rotate(world, world.finn, third);
        const [page] = await world.vouches[list.name](ada.id, 0, 10);
        for (const [index, other] of [...others].reverse().entries()) {
          const edge = await list.edge(world, ada, other);
          expect(fieldsOf(page[index])).to.deep.equal(fieldsOf(edge));
          // Vouches that ada gave lapse with the key of each subject; those with the key of ada stay.
          const isLapsed = list.name === "vouchesBy" && [world.dan, world.finn].includes(other);
          expect(edge.state === VouchState.Lapsed, `${other.id}`).to.equal(isLapsed);
          expect(edge.voucherRekeyed).to.equal(list.name === "vouchersOf" && [world.dan, world.finn].includes(other));
        }
        // Given to the present key of one of them: it has the other's epoch.
        await renew(
          world,
          list.name === "vouchesBy" ? ada : { ...world.finn, owner: third },
          list.name === "vouchesBy" ? { ...world.finn, owner: third } : ada,
          0n,
          2n,
        );
        const [after] = await world.vouches[list.name](ada.id, 0, 10);
        const states = after.map(({ state }) => state);
        const dan = list.name === "vouchesBy" ? VouchState.Lapsed : VouchState.Active;
        expect(states).to.deep.equal([VouchState.Active, VouchState.Active, VouchState.Active, dan]);
      });

      it("should keep every edge when keys change and identities retire", async () => {
        await rotate(world, world.dan, world.spare[0]);
        await retire(world, world.cleo);
        await rotate(world, ada, world.spare[1]);
        expect(await walk(2n)).to.deep.equal(newestFirst);
      });
    });

    it("should keep every edge and its place when it is renewed, revoked, disowned or burned", async () => {
      const [voucher, subject] = list.name === "vouchersOf" ? [world.dan, ada] : [ada, world.dan];
      await vouch(world, voucher, subject, { arbiter: world.eve });
      await link(world.ben);
      await link(world.finn);
      const before = [world.finn.id, world.ben.id, world.dan.id];
      await renew(world, voucher, subject, 1n, 2n);
      expect(await walk(10n)).to.deep.equal(before);
      await burn(world, voucher, subject, world.eve, 4n);
      expect(await walk(10n)).to.deep.equal(before);
      await revoke(world, voucher, subject);
      expect(await walk(10n)).to.deep.equal(before);
      const [pairVoucher, pairSubject] = list.name === "vouchersOf" ? [world.ben, ada] : [ada, world.ben];
      await disown(world, pairVoucher, pairSubject);
      expect(await walk(10n)).to.deep.equal(before);
    });
  });
}
