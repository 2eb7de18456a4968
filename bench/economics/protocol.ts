// The one file that knows the contracts' functions by name and argument: port this, and the rest follows.
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { Wallet } from "ethers";
import { network } from "hardhat";

export const DAY = 86_400;
/** Production parameters. */
export const MAX_SILENCE = 30 * DAY;
export const PERIOD = 60 * DAY;
export const PERIODS = 6;
export const CAP = 1_000;
const RECOVERY_DELAY = 7 * DAY;

/** Gas that a transaction may have at most (EIP-7825). */
const GAS_LIMIT = 16_777_216;
const NO_WORD = `0x${"00".repeat(32)}`;
const NO_ARBITER = 0;

/** A call whose first argument is the number of the identity that acts. */
export interface Call {
  /** The registry's address. */
  target: string;
  selector: string;
  /** The arguments after the first. */
  tail: string;
}

/** A requirement as the example contract or guide names it; fields that are left out are zero. */
export type Demand = Readonly<Record<string, number | readonly number[]>>;

/** A gate that refuses from so many points against somebody on, and asks nothing else. */
export const limitOf = (points: number): Demand => ({ oppositionLimit: points });

/** A fresh chain with the registries on it. */
export type World = Awaited<ReturnType<typeof openWorld>>;
/** Who can send a transaction: a plain key. */
export type Key = HardhatEthersSigner | Wallet;

/** @param isRoomy Whether a call may take more gas than a transaction may have: then the hardfork is the one before. */
export async function openWorld(isRoomy = false) {
  const roomy = { network: "default", override: { hardfork: "prague", blockGasLimit: 100_000_000 } } as const;
  const { ethers, networkHelpers } = await network.create(isRoomy ? roomy : undefined);
  const identities = await ethers.deployContract("IdentityRegistry", [MAX_SILENCE, RECOVERY_DELAY, ethers.ZeroAddress]);
  const origin = (await networkHelpers.time.latest()) - DAY;
  const parameters = [origin, DAY, PERIOD, CAP] as const;
  const vouches = await ethers.deployContract("VouchRegistry", [await identities.getAddress(), ...parameters]);
  const lens = await ethers.deployContract("RegistryLens", [vouches]);
  const probe = await ethers.deployContract("CallProbe");

  // Identity 1 belongs to nobody who matters: the very first registration costs a fresh word more, once.
  await identities["register()"]();

  const call = (target: string, data: string): Call => ({
    target,
    selector: data.slice(0, 10),
    tail: `0x${data.slice(10 + 64)}`,
  });
  const registry = { identities: await identities.getAddress(), vouches: await vouches.getAddress() };
  const terms = [PERIODS, NO_ARBITER, NO_WORD, ""] as const;
  /** What an identity can be told to do; its number goes before the rest. */
  const calls = {
    pulse: () => call(registry.identities, identities.interface.encodeFunctionData("pulse", [0, NO_WORD])),
    approveForAll: (operator: string) => identities.interface.encodeFunctionData("setApprovalForAll", [operator, true]),
    vouch: (subjectId: number, stake: number) =>
      call(registry.vouches, vouches.interface.encodeFunctionData("vouch", [0, subjectId, stake, ...terms])),
    warn: (subjectId: number, stake: number) =>
      call(registry.vouches, vouches.interface.encodeFunctionData("warn", [0, subjectId, stake, ...terms])),
    renew: (subjectId: number) =>
      call(registry.vouches, vouches.interface.encodeFunctionData("renew", [0, subjectId, 0, PERIODS])),
    revoke: (subjectId: number) =>
      call(registry.vouches, vouches.interface.encodeFunctionData("revoke", [0, subjectId])),
  };

  async function gasOf(sent: Promise<{ wait(): Promise<{ gasUsed: bigint } | null> }>): Promise<number> {
    const receipt = await (await sent).wait();
    if (receipt === null) throw new Error("A transaction has no receipt.");
    return Number(receipt.gasUsed);
  }

  let keys = 0n;
  async function newKey(): Promise<Key> {
    keys += 1n;
    const key = await ethers.getImpersonatedSigner(ethers.toBeHex((0xecn << 152n) + keys, 20));
    await networkHelpers.setBalance(key.address, 10n ** 20n);
    return key;
  }

  /** One that can sign messages as well. */
  async function newSigningKey(): Promise<Wallet> {
    keys += 1n;
    const key = new Wallet(ethers.toBeHex((0xecn << 152n) + keys, 32), ethers.provider);
    await networkHelpers.setBalance(key.address, 10n ** 20n);
    return key;
  }

  /** The owner of an identity proves that it is a key, by a check-in that it signs. */
  async function proveKey(key: Wallet, id: number): Promise<void> {
    const { name, version, chainId, verifyingContract } = await identities.eip712Domain();
    const names = ["uint256 agentId", "address owner", "bytes32 checkpoint", "uint40 lastSeen", "uint256 deadline"];
    const Pulse = names.map((field) => field.split(" ")).map(([type = "", field = ""]) => ({ type, name: field }));
    const { lastSeen } = await identities.identityOf(id);
    const deadline = (await networkHelpers.time.latest()) + DAY;
    const message = { agentId: id, owner: key.address, checkpoint: NO_WORD, lastSeen, deadline };
    const signature = await key.signTypedData({ name, version, chainId, verifyingContract }, { Pulse }, message);
    await gasOf(identities.connect(key).pulseFor(id, NO_WORD, deadline, signature));
  }

  return {
    ethers,
    networkHelpers,
    time: networkHelpers.time,
    origin,
    registry,
    calls,
    gasOf,
    newKey,
    newSigningKey,
    proveKey,
    register: (key: Key) => gasOf(identities.connect(key)["register()"]({ gasLimit: GAS_LIMIT })),
    send: (key: Key, to: string, data: string) => gasOf(key.sendTransaction({ to, data, gasLimit: GAS_LIMIT })),
    lastId: async () => Number(await identities.totalRegistered()),
    freePoints: async (id: number) => Number((await vouches.standingOf(id)).free),
    viewGas: async (target: string, data: string) => Number(await probe.getFunction("gasOf")(target, data)),
    opposition: async (id: number) => Number((await vouches.supportOf(id)).opposition),
    /** The vouchers of an identity that a page shows. */
    page: async (subjectId: number, length: number) =>
      (await lens.vouchers(subjectId, 0, length)).page.map(({ vouch }) => Number(vouch.voucherId)),
    /** Gas of one page: with the vouchers' profiles, as readers ask for it, and of the bare edges. */
    pageGas: async (subjectId: number, length: number) => ({
      profiles: Number(
        await probe.getFunction("gasOf")(lens, lens.interface.encodeFunctionData("vouchers", [subjectId, 0, length])),
      ),
      edges: Number(
        await probe.getFunction("gasOf")(
          vouches,
          vouches.interface.encodeFunctionData("vouchersOf", [subjectId, 0, length]),
        ),
      ),
    }),
    deployBoard: (anchors: readonly number[]) => ethers.deployContract("GatedBoard", [vouches, [...anchors]]),
    farm: async (key: Key, isShared: boolean, isApproving: boolean) =>
      ethers.deployContract("Farm", [identities, isShared, isApproving], key),
  };
}

type Board = Awaited<ReturnType<World["deployBoard"]>>;

/**
 * Asks a gate. The order of a requirement's fields and the names of the reasons are read from the gate's own ABI, so
 * that a field that a guide names and the gate does not have is an error.
 */
export function judge(board: Board) {
  const fragment = board.interface.getFunction("unmet");
  const fields = fragment.inputs[1]?.components ?? [];
  const encode = (demand: Demand) => {
    const unknown = Object.keys(demand).find((name) => !fields.some((field) => field.name === name));
    if (unknown !== undefined) throw new Error(`The gate knows no ${unknown}.`);
    return fields.map(({ name, baseType }) => demand[name] ?? (baseType === "array" ? [] : 0));
  };
  const reasons = board.interface.fragments.flatMap((part) =>
    "name" in part && typeof part.name === "string" && part.name.startsWith("REASON_") ? [part.name] : [],
  );
  return {
    /** A field that a guide names and this gate does not have. */
    strange: (demand: Demand) => Object.keys(demand).find((name) => !fields.some((field) => field.name === name)),
    /** The question as a call: what a contract asks that inherits the gate. */
    question: async (demand: Demand, id: number) =>
      [await board.getAddress(), encodeUnmet(encode(demand), id)] as const,
    /** Why an identity is refused; empty where it passes. */
    refusal: async (demand: Demand, id: number): Promise<string[]> => {
      const { data, to } = { data: encodeUnmet(encode(demand), id), to: await board.getAddress() };
      const bits = BigInt((await board.runner?.call?.({ to, data })) ?? "0x");
      const found: string[] = [];
      for (const reason of reasons) {
        if ((bits & BigInt(await board.getFunction(reason).staticCall())) !== 0n) found.push(reason);
      }
      return found;
    },
    /** What the example board demands, by name. */
    ownDemand: async (): Promise<Demand> => {
      const own = await board.requirement();
      return Object.fromEntries(
        fields.map(({ name }, index) => {
          const value: unknown = own[index];
          return [name, typeof value === "bigint" || typeof value === "boolean" ? Number(value) : listOf(value)];
        }),
      );
    },
  };

  function encodeUnmet(requirement: readonly (number | readonly number[])[], id: number): string {
    const { interface: abi } = board;
    return abi.getAbiCoder().encode(fragment.inputs, [id, requirement]).replace("0x", fragment.selector);
  }
}

function listOf(value: unknown): number[] {
  return Array.isArray(value) ? value.map(Number) : [];
}
