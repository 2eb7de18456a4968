import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { expect } from "chai";
import type { BaseContract, ContractTransactionResponse } from "ethers";
import hre, { network } from "hardhat";
import type { IdentityRegistry, VouchRegistry } from "../../types/ethers-contracts/index.js";
import { mineTogether } from "./oneBlock.ts";
import { signPulse, signRotation, signWallet } from "./vouchSignatures.ts";

/** One chain for all tests of the vouch registry and its readers; each test starts from the snapshot of a fixture. */
export const connection = await network.create();
export const { ethers, networkHelpers } = connection;
export const { time } = networkHelpers;

/** Whether the contracts were made bigger than a chain takes, to measure coverage; then their sizes say nothing. */
export const isInstrumented: boolean = hre.globalOptions.coverage;

export const Status = { None: 0n, Active: 1n, Suspended: 2n, Retired: 3n } as const;
export const VouchState = {
  None: 0n,
  Active: 1n,
  Lapsed: 2n,
  Ended: 3n,
  Revoked: 4n,
  Disowned: 5n,
  Burned: 6n,
} as const;
export const OwnerKind = { None: 0n, Key: 1n, Unproven: 2n } as const;
export const KeyRole = { None: 0n, Owner: 1n, Wallet: 2n, Former: 3n } as const;

export const MINUTE = 60n;
export const DAY = 86_400n;
export const UNIT = DAY;
export const PERIOD = 60n * DAY;
export const CAP = 1_000n;
export const MAX_SILENCE = 30n * DAY;
export const RECOVERY_DELAY = 7n * DAY;
export const MAX_PERIODS = 6n;
/** Period 0 begins here. */
export const ORIGIN = 2_000_000_000n;
/**
 * The standing of an agent that checked in once, after `MAX_SILENCE`. Only a check-in earns, so that points stay as they
 * are while a test travels in time.
 */
export const STANDING = MAX_SILENCE / UNIT;
/** What a check-in would earn anybody on day 40: it is a few seconds less than ten days since the last one. */
export const EARNABLE = 9n;
/** No identity has this number. */
export const UNKNOWN = 99n;
export const TOPIC = ethers.encodeBytes32String("code review");
export const EVIDENCE = "ipfs://bafy/über-evidence.json";

const snapshots: { fixture: () => Promise<unknown>; data: unknown; restore: () => Promise<void> }[] = [];

/**
 * As the `loadFixture` of the network helpers, but a fixture may build on another one by loading it: there, a fixture
 * whose snapshot was lost that way fails when it is loaded again; here it is built again.
 */
export async function loadFixture<T>(fixture: () => Promise<T>): Promise<T> {
  const index = snapshots.findIndex((snapshot) => snapshot.fixture === fixture);
  const known = snapshots[index];
  if (known !== undefined) {
    await known.restore();
    snapshots.length = index + 1; // going back in time made the later ones void
    // The machine's clock did not go back: on a slow one the next block would be minutes later than the first time.
    await time.setNextBlockTimestamp((await time.latest()) + 1);
    return known.data as T;
  }
  const data = await fixture();
  const { restore } = await networkHelpers.takeSnapshot();
  snapshots.push({ fixture, data, restore });
  return data;
}

/** For who runs tests again in one process, against other code: what a fixture has made is made of the code before. */
export function forgetFixtures(): void {
  snapshots.length = 0;
}

export interface Agent {
  id: bigint;
  owner: HardhatEthersSigner;
}

export interface World {
  identities: IdentityRegistry;
  vouches: VouchRegistry;
  ada: Agent;
  ben: Agent;
  cleo: Agent;
  dan: Agent;
  eve: Agent;
  finn: Agent;
  /** Has no identity; sends what others signed. */
  relayer: HardhatEthersSigner;
  /** Keys that were never used. */
  spare: [HardhatEthersSigner, HardhatEthersSigner, HardhatEthersSigner];
}

export interface Parameters {
  origin: bigint;
  unit: bigint;
  period: bigint;
  cap: bigint;
}

/**
 * Six agents, registered in the first minute of period 0, which checked in on day 30 or a minute later; it is day 40:
 * everybody has `STANDING` points, and may be named as arbiter.
 */
export async function grownWorld(): Promise<World> {
  const [relayer, ...keys] = (await ethers.getSigners()) as [HardhatEthersSigner, ...HardhatEthersSigner[]];
  await time.setNextBlockTimestamp(ORIGIN);
  const renderer = await ethers.deployContract("RegistrationRenderer");
  const identities = await ethers.deployContract("IdentityRegistry", [MAX_SILENCE, RECOVERY_DELAY, renderer]);
  const vouches = await ethers.deployContract("VouchRegistry", [identities, ORIGIN, UNIT, PERIOD, CAP]);
  const agents: Agent[] = [];
  for (const owner of keys.slice(0, 6)) {
    await identities.connect(owner)["register()"]();
    agents.push({ id: BigInt(agents.length + 1), owner });
  }
  await time.increaseTo(ORIGIN + MAX_SILENCE + MINUTE);
  for (const { id, owner } of agents) {
    await identities.connect(owner).pulse(id, ethers.ZeroHash);
    await identities.connect(owner).setArbitration(id, true);
  }
  await time.increaseTo(ORIGIN + 40n * DAY);
  const [ada, ben, cleo, dan, eve, finn] = agents as [Agent, Agent, Agent, Agent, Agent, Agent];
  const spare = keys.slice(6, 9) as World["spare"];
  return { identities, vouches, ada, ben, cleo, dan, eve, finn, relayer, spare };
}

/** The same identities under a registry with other parameters. */
export async function withParameters(world: World, parameters: Partial<Parameters>): Promise<World> {
  const { origin, unit, period, cap } = { origin: ORIGIN, unit: UNIT, period: PERIOD, cap: CAP, ...parameters };
  const vouches = await ethers.deployContract("VouchRegistry", [world.identities, origin, unit, period, cap]);
  return { ...world, vouches };
}

/** The first second of a period; its last one is `startOf(period + 1n) - 1n`. */
export function startOf(period: bigint): bigint {
  return ORIGIN + period * PERIOD;
}

/** Fixes the time of the next block, by default one second after the last one, and answers it. */
export async function nextBlockAt(timestamp?: bigint): Promise<bigint> {
  const chosen = timestamp ?? BigInt(await time.latest()) + 1n;
  await time.setNextBlockTimestamp(chosen);
  return chosen;
}

/** As `mineTogether`, on this chain. */
export const inOneBlock = (...sends: (() => Promise<ContractTransactionResponse>)[]) =>
  mineTogether(connection, ...sends);

export interface Terms {
  stake: bigint;
  periods: bigint;
  arbiter: Agent | undefined;
}

export async function vouch(world: World, from: Agent, to: Agent, terms: Partial<Terms> = {}): Promise<bigint> {
  const { stake = 10n, periods = 1n, arbiter } = terms;
  const at = await nextBlockAt();
  const registry = world.vouches.connect(from.owner);
  await registry.vouch(from.id, to.id, stake, periods, arbiter?.id ?? 0n, TOPIC, EVIDENCE);
  return at;
}

export async function warn(world: World, from: Agent, to: Agent, terms: Partial<Terms> = {}): Promise<bigint> {
  const { stake = 10n, periods = 1n, arbiter } = terms;
  const at = await nextBlockAt();
  const registry = world.vouches.connect(from.owner);
  await registry.warn(from.id, to.id, stake, periods, arbiter?.id ?? 0n, TOPIC, EVIDENCE);
  return at;
}

export function renew(world: World, from: Agent, to: Agent, added: bigint, periods: bigint) {
  return world.vouches.connect(from.owner).renew(from.id, to.id, added, periods);
}

export function revoke(world: World, from: Agent, to: Agent) {
  return world.vouches.connect(from.owner).revoke(from.id, to.id);
}

export function disown(world: World, from: Agent, to: Agent) {
  return world.vouches.connect(to.owner).disown(from.id, to.id);
}

export function burn(world: World, from: Agent, to: Agent, arbiter: Agent, amount: bigint) {
  return world.vouches.connect(arbiter.owner).burn(from.id, to.id, amount, EVIDENCE);
}

export function checkIn(world: World, agent: Agent) {
  return world.identities.connect(agent.owner).pulse(agent.id, ethers.ZeroHash);
}

/** Agrees to be named as arbiter. */
export function openArbitration(world: World, agent: Agent) {
  return world.identities.connect(agent.owner).setArbitration(agent.id, true);
}

export function suspend(world: World, agent: Agent) {
  return world.identities.connect(agent.owner).suspend(agent.id);
}

export function resume(world: World, agent: Agent) {
  return world.identities.connect(agent.owner).resume(agent.id);
}

export function retire(world: World, agent: Agent) {
  return world.identities.connect(agent.owner).retire(agent.id);
}

/** Hands the identity to a new key; the agent answered is the one to go on with. */
export async function rotate(world: World, agent: Agent, newOwner: HardhatEthersSigner): Promise<Agent> {
  const deadline = BigInt(await time.latest()) + DAY;
  const signature = await signRotation(world.identities, newOwner, agent.id, deadline);
  await world.identities.connect(agent.owner).rotateKey(agent.id, newOwner, deadline, signature);
  return { id: agent.id, owner: newOwner };
}

/** By the owner, or by an operator. */
export async function setWallet(
  world: World,
  agent: Agent,
  wallet: HardhatEthersSigner,
  by = agent.owner,
): Promise<void> {
  // The chain's clock goes on with the machine's: on a slow one the next block may be minutes later.
  const moment = BigInt(await time.latest()) + 1n;
  const deadline = moment + 60n;
  const signature = await signWallet(world.identities, wallet, agent, deadline);
  await time.setNextBlockTimestamp(moment);
  await world.identities.connect(by).setAgentWallet(agent.id, wallet, deadline, signature);
}

/** The owner checks in by signature, which proves that it is a key. */
export async function checkInBySignature({ identities, relayer }: World, { id, owner }: Agent): Promise<void> {
  const deadline = BigInt(await time.latest()) + DAY;
  const signature = await signPulse(identities, owner, id, ethers.ZeroHash, deadline);
  await identities.connect(relayer).pulseFor(id, ethers.ZeroHash, deadline, signature);
}

/** The call reverts with this error of the contract and exactly these arguments. */
export async function refused(
  call: Promise<unknown>,
  contract: BaseContract,
  error: string,
  ...args: unknown[]
): Promise<void> {
  await expect(call)
    .to.be.revertedWithCustomError(contract, error)
    .withArgs(...args);
}

/** The transaction emits exactly one event of the registry: this one, with exactly these arguments. */
export async function emits(
  sent: Promise<ContractTransactionResponse>,
  contract: BaseContract,
  event: string,
  ...args: unknown[]
): Promise<void> {
  await expect(sent)
    .to.emit(contract, event)
    .withArgs(...args);
  const receipt = await (await sent).wait();
  expect(receipt?.logs).to.have.lengthOf(1);
}

export async function expectSums(world: World, subject: Agent, support: bigint, opposition: bigint): Promise<void> {
  expect(await world.vouches.supportOf(subject.id)).to.deep.equal([support, opposition]);
}

export interface Points {
  standing: bigint;
  staked: bigint;
  burned: bigint;
  scars: bigint;
}

export async function expectPoints(world: World, agent: Agent, points: Partial<Points>): Promise<void> {
  const { standing = STANDING, staked = 0n, burned = 0n, scars = 0n } = points;
  expect(await world.vouches.standingOf(agent.id)).to.deep.equal([standing, staked, burned, standing - staked, scars]);
}
