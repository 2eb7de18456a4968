import { expect } from "chai";
import { fieldsOf } from "../utils/vouchMocks.ts";
import { type ReadersWorld, readersWorld } from "../utils/vouchReaders.ts";
import {
  type Agent,
  checkIn,
  DAY,
  ethers,
  loadFixture,
  ORIGIN,
  refused,
  rotate,
  STANDING,
  setWallet,
  suspend,
  time,
  vouch,
  warn,
} from "../utils/vouchWorld.ts";
import { demand, Reason } from "./reasons.ts";

describe("GatedBoard", () => {
  let world: ReadersWorld;
  let ben: Agent;
  let cleo: Agent;
  beforeEach(async () => {
    world = await loadFixture(readersWorld);
    ({ ben, cleo } = world);
    await time.increaseTo(ORIGIN + 46n * DAY);
    await checkIn(world, ben); // 30 days and some 16 more
  });

  const post = (key: Agent["owner"]) => world.board.connect(key).post("hello");
  const isRefused = (key: Agent["owner"], id: bigint, reasons: bigint) =>
    refused(post(key), world.board, "Untrusted", id, reasons);
  const isPosted = async (key: Agent["owner"], id = ben.id) => {
    await expect(post(key)).to.emit(world.board, "Posted").withArgs(id, key.address, "hello");
  };

  it("should say what it demands: 45 days of tenure, an anchor with five points behind it, and none that warns", async () => {
    const demanded = await world.board.requirement();
    const expected = demand({
      minTenure: 45n * DAY,
      anchors: [cleo.id],
      minAnchors: 1n,
      minAnchorStake: 5n,
      anchorWarningLimit: 1n,
    });
    // ethers makes no list of a list of one number when it makes an object of the struct around it.
    expect({ ...(fieldsOf(demanded) as object), anchors: [...demanded.anchors] }).to.deep.equal(expected);
  });

  it("given all of that, it should post, for the owner and for the wallet", async () => {
    await vouch(world, cleo, ben);
    await isPosted(ben.owner);
    await setWallet(world, ben, world.spare[0]);
    await time.increase(60);
    await isPosted(world.spare[0]);
  });

  it("given no vouch, or one by somebody else, it should refuse", async () => {
    await isRefused(ben.owner, ben.id, Reason.Anchors);
    await vouch(world, world.ada, ben);
    await isRefused(ben.owner, ben.id, Reason.Anchors);
  });

  it("given thirty points against from strangers, it should post; given one of an anchor's five, it should refuse", async () => {
    const board = await ethers.deployContract("GatedBoard", [world.vouches, [cleo.id, world.eve.id]]);
    await vouch(world, cleo, ben);
    await warn(world, world.ada, ben, { stake: STANDING });
    await expect(board.connect(ben.owner).post("hello")).to.emit(board, "Posted");
    await warn(world, world.eve, ben, { stake: 5n });
    const sent = board.connect(ben.owner).post("hello");
    await refused(sent, board, "Untrusted", ben.id, Reason.AnchorWarnings);
  });

  it("given throwaway keys that warn with all they have, also for years, it should post all the same", async () => {
    await vouch(world, cleo, ben, { periods: 6n });
    for (const key of [world.relayer, ...world.spare]) {
      await world.identities.connect(key)["register()"]();
    }
    await time.increase(30n * DAY);
    for (const [i, owner] of [world.relayer, ...world.spare].entries()) {
      const sybil = { id: 7n + BigInt(i), owner };
      await checkIn(world, sybil);
      await warn(world, sybil, ben, { stake: STANDING, periods: 6n });
    }
    const [, opposition] = await world.vouches.supportOf(ben.id);
    expect(opposition).to.equal(4n * STANDING);
    await isPosted(ben.owner);
  });

  it("given an anchor's stake of four points or a warning of four, it should count neither", async () => {
    await vouch(world, cleo, ben, { stake: 4n });
    await isRefused(ben.owner, ben.id, Reason.Anchors);
    const board = await ethers.deployContract("GatedBoard", [world.vouches, [cleo.id, world.eve.id]]);
    await world.vouches.connect(cleo.owner).renew(cleo.id, ben.id, 1, 1);
    await warn(world, world.eve, ben, { stake: 4n });
    await expect(board.connect(ben.owner).post("hello")).to.emit(board, "Posted");
    await world.vouches.connect(world.eve.owner).renew(world.eve.id, ben.id, 1, 1);
    const sent = board.connect(ben.owner).post("hello");
    await refused(sent, board, "Untrusted", ben.id, Reason.AnchorWarnings);
  });

  it("given the anchor that vouched was deceived, it should refuse in the block of its warning", async () => {
    await vouch(world, cleo, ben, { stake: 10n, periods: 6n });
    await isPosted(ben.owner);
    await warn(world, cleo, ben, { stake: 10n, periods: 6n });
    await isRefused(ben.owner, ben.id, Reason.Anchors | Reason.AnchorWarnings);
  });

  it("given a post, it should refuse the next within a minute, from the wallet and from the next key too", async () => {
    await vouch(world, cleo, ben);
    await isPosted(ben.owner);
    const nextAt = BigInt(await time.latest()) + 60n;
    await setWallet(world, ben, world.spare[0]);
    await refused(post(world.spare[0]), world.board, "TooSoon", ben.id, nextAt);
    const rekeyed = await rotate(world, ben, world.spare[1]);
    await world.vouches.connect(cleo.owner).renew(cleo.id, ben.id, 0, 2);
    await time.setNextBlockTimestamp(nextAt - 1n);
    await refused(post(rekeyed.owner), world.board, "TooSoon", ben.id, nextAt);
    await time.setNextBlockTimestamp(nextAt);
    await isPosted(rekeyed.owner);
  });

  it("given two posts, it should refuse the third within a minute of the second, not of the first", async () => {
    await vouch(world, cleo, ben);
    await isPosted(ben.owner);
    const firstAt = BigInt(await time.latest());
    await time.setNextBlockTimestamp(firstAt + 90n);
    await isPosted(ben.owner);
    await time.setNextBlockTimestamp(firstAt + 149n);
    await refused(post(ben.owner), world.board, "TooSoon", ben.id, firstAt + 150n);
    await time.setNextBlockTimestamp(firstAt + 150n);
    await isPosted(ben.owner);
  });

  it("given the post of one author, it should let another post in the same minute", async () => {
    const { dan } = world;
    await checkIn(world, dan);
    await vouch(world, cleo, ben);
    await vouch(world, cleo, dan);
    await isPosted(ben.owner);
    const postedAt = BigInt(await time.latest());
    await time.setNextBlockTimestamp(postedAt + 1n);
    await isPosted(dan.owner, dan.id);
    await time.setNextBlockTimestamp(postedAt + 2n);
    await refused(post(ben.owner), world.board, "TooSoon", ben.id, postedAt + 60n);
  });

  it("given a newcomer, it should refuse until check-ins complete 45 days of tenure", async () => {
    await world.identities.connect(world.relayer)["register()"]();
    const born = BigInt(await time.latest());
    const newcomer = { id: 7n, owner: world.relayer };
    await vouch(world, cleo, newcomer, { periods: 6n });
    for (const moment of [born + 30n * DAY, born + 45n * DAY - 1n]) {
      await time.setNextBlockTimestamp(moment);
      await checkIn(world, newcomer);
    }
    await time.increaseTo(born + 45n * DAY + DAY);
    await isRefused(world.relayer, 7n, Reason.Tenure);
    await checkIn(world, newcomer);
    await isPosted(world.relayer, 7n);
  });

  it("given a stranger, a former key or a suspended identity, it should refuse by name", async () => {
    await vouch(world, cleo, ben);
    await isRefused(world.relayer, 0n, Reason.Unknown);
    await rotate(world, ben, world.spare[0]);
    await isRefused(ben.owner, ben.id, Reason.FormerKey);
    await suspend(world, { id: ben.id, owner: world.spare[0] });
    // The vouch lapsed with the rotation.
    await isRefused(world.spare[0], ben.id, Reason.Suspended | Reason.Anchors);
  });

  it("given no anchors at all, nobody should ever post", async () => {
    const board = await ethers.deployContract("GatedBoard", [world.vouches, []]);
    await refused(board.connect(ben.owner).post("hello"), board, "Untrusted", ben.id, Reason.Anchors);
  });
});
