import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { type BaseContract, type ContractTransactionResponse, type Result, Wallet, ZeroAddress } from "ethers";
import { network } from "hardhat";
import type { IdentityRegistry } from "../../types/ethers-contracts/index.js";
import { mineTogether } from "./oneBlock.ts";

/** One chain for all tests of the identity registry; `loadFixture` takes each test back to where it wants to start. */
export const { ethers, networkHelpers, provider } = await network.create();
export const { time } = networkHelpers;

/**
 * As the `loadFixture` of the network helpers, but the chain's clock goes on from the fixture's last block. It would
 * follow the machine's clock otherwise, and be minutes later on a slow one: past the deadlines of signatures.
 */
export async function loadFixture<T>(fixture: () => Promise<T>): Promise<T> {
  const scene = await networkHelpers.loadFixture(fixture);
  await time.setNextBlockTimestamp((await time.latest()) + 1);
  return scene;
}

export type Signer = HardhatEthersSigner;

export const MINUTE = 60n;
export const DAY = 86_400n;
export const MAX_SILENCE = 30n * DAY;
export const RECOVERY_DELAY = 7n * DAY;

/** The contract's enums, in the order of their declaration. */
export const Status = { None: 0n, Active: 1n, Suspended: 2n, Retired: 3n } as const;
export const OwnerKind = { None: 0n, Key: 1n, Unproven: 2n } as const;
export const KeyRole = { None: 0n, Owner: 1n, Wallet: 2n, Former: 3n } as const;
export const ChangeKind = { None: 0n, Guardian: 1n, Recovery: 2n, Retirement: 3n } as const;

/** What `identityOf` says of an owner that is a key, and of an identity that nobody may name as arbiter. */
export const KEY_OWNED = { ownerKind: OwnerKind.Key, isDelegated: false, isArbiter: false };
export const UNPROVEN = { ...KEY_OWNED, ownerKind: OwnerKind.Unproven };
export const UNOWNED = { ...KEY_OWNED, ownerKind: OwnerKind.None };
export const NO_CHANGE = [ChangeKind.None, ZeroAddress, 0n];
export const URI = "https://agent.example/registration.json";
export const CHECKPOINT = `0x${"c4".repeat(32)}`;

export interface Scene {
  registry: IdentityRegistry;
  /** Owner of identity 1. */
  owner: Signer;
  /** Owner of identity 2. */
  other: Signer;
  /** What identity 1 may use; none of them is a key anywhere, or has a role yet. */
  wallet: Signer;
  operator: Signer;
  approved: Signer;
  guardian: Signer;
  candidate: Signer;
  next: Signer;
  /** Has nothing to do with anything. */
  stranger: Signer;
  /** When identity 1 was registered. */
  born: bigint;
}

/** A registry without identities. */
export async function empty() {
  const renderer = await ethers.deployContract("RegistrationRenderer");
  const registry = await ethers.deployContract("IdentityRegistry", [MAX_SILENCE, RECOVERY_DELAY, renderer]);
  const [owner, other, wallet, operator, approved, guardian, candidate, next, stranger] = await ethers.getSigners();
  return { registry, owner, other, wallet, operator, approved, guardian, candidate, next, stranger } as Omit<
    Scene,
    "born"
  >;
}

/** Identities 1 (without a guardian) and 2. */
export async function registered(): Promise<Scene> {
  const scene = await empty();
  await register(scene.registry, scene.owner);
  const born = await now();
  await register(scene.registry, scene.other);
  return { ...scene, born };
}

export function register(registry: IdentityRegistry, owner: Signer | Wallet): Promise<ContractTransactionResponse> {
  return registry.connect(owner)["register()"]();
}

/** The time of the latest block. */
export async function now(): Promise<bigint> {
  return BigInt(await time.latest());
}

/** Makes the next transaction happen in this very second. */
export async function at(timestamp: bigint): Promise<void> {
  await time.setNextBlockTimestamp(timestamp);
}

/** An address that nobody used before, with ether; the same for the same number. */
export async function fresh(number: number): Promise<Wallet> {
  const wallet = new Wallet(ethers.toBeHex(0x7e0000 + number, 32), ethers.provider);
  await networkHelpers.setBalance(wallet.address, 10n ** 18n);
  return wallet;
}

/** What was logged, in order: name and arguments, indexed strings as their hash. */
export async function logsOf(
  contract: BaseContract,
  transaction: Promise<ContractTransactionResponse>,
): Promise<unknown[][]> {
  const receipt = await (await transaction).wait();
  return (receipt?.logs ?? []).map((log) => {
    const parsed = contract.interface.parseLog(log);
    if (parsed === null) throw new Error("a log that is not in the ABI");
    const args: unknown[] = parsed.args.toArray(); // not through the getters: they hide the hash of an indexed string
    return [parsed.name, ...args.map((arg) => (isIndexed(arg) ? arg.hash : arg))];
  });
}

function isIndexed(arg: unknown): arg is { hash: string } {
  return typeof arg === "object" && arg !== null && "hash" in arg;
}

/** As `mineTogether`, on this chain. */
export const inOneBlock = (...sends: (() => Promise<ContractTransactionResponse>)[]) =>
  mineTogether({ provider, ethers }, ...sends);

/** Every field of `identityOf`, by name, to be compared as a whole. */
export async function identity(registry: IdentityRegistry, id: bigint): Promise<Record<string, unknown>> {
  const answer: unknown = await registry.identityOf(id);
  const { pending, ...facts } = (answer as Result).toObject();
  return { ...facts, pending: [...pending] };
}

export async function pendingOf(registry: IdentityRegistry, id: bigint): Promise<unknown[]> {
  return [...(await registry.identityOf(id)).pending];
}
