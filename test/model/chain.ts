import { ContractFactory, Interface, type Result } from "ethers";
import { network } from "hardhat";
import type { Action } from "./program/action.ts";
import type { Parameters, Registry } from "./rules/state.ts";
import type { Reading, View } from "./views/view.ts";

/** An error of a contract, decoded, or what else went wrong. */
export interface Failure {
  error: string;
  args: unknown[];
}

export interface Emitted {
  registry: string;
  name: string;
  args: unknown[];
}

export interface Outcome {
  failure?: Failure;
  logs: Emitted[];
}

interface RawLog {
  address: string;
  topics: string[];
  data: string;
}

/** Room for all questions at once, and no fees, so that nobody needs ether. */
const override = {
  blockGasLimit: 30_000_000_000n,
  initialBaseFeePerGas: 0n,
  hardfork: "prague",
  allowUnlimitedContractSize: true, // for code that the mutation tests compiled in haste
};
const TRANSACTION_GAS = `0x${(10_000_000).toString(16)}`;
const CALL_GAS = `0x${(2_000_000_000).toString(16)}`;

/** ethers' answers as plain lists; of an indexed string, its hash. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return (value as Result).toArray(false).map(plain);
  if (typeof value === "object" && value !== null && "hash" in value) return value.hash;
  return value;
}

/** A list of (bool, bytes), as the ABI encodes it; ethers takes a second for as much. */
function readAnswers(encoded: string): { success: boolean; data: string }[] {
  const hex = encoded.slice(2);
  const slice = (at: number, size: number) => hex.slice(2 * at, 2 * (at + size));
  const number = (at: number) => Number(`0x${slice(at, 32)}`);
  const list = number(0) + 32;
  return Array.from({ length: number(list - 32) }, (_, i) => {
    const answer = list + number(list + 32 * i);
    const bytes = answer + number(answer + 32);
    return { success: number(answer) === 1, data: `0x${slice(bytes + 32, number(bytes))}` };
  });
}

/** A chain takes a second to make, so there is one; each program begins where nothing has happened yet. */
const { ethers, provider, networkHelpers } = await network.create({ override });
const beginning = await networkHelpers.takeSnapshot();

/** Creation code to deploy in the place of a contract's own. */
export type Replacements = ReadonlyMap<string, string>;

async function deploy<Name extends "IdentityRegistry" | "VouchRegistry" | "RegistryLens">(
  name: Name,
  args: unknown[],
  replacements: Replacements,
) {
  const factory = await ethers.getContractFactory(name);
  const code = replacements.get(name);
  return code === undefined
    ? factory.deploy(...(args as never))
    : new ContractFactory(factory.interface, code, factory.runner).deploy(...args);
}

/** The three contracts on a chain without anything else. */
export async function openChain(parameters: Parameters, start: bigint, replacements: Replacements = new Map()) {
  await beginning.restore();
  const { maxSilence, recoveryDelay, origin, unit, period, cap } = parameters;
  await networkHelpers.time.setNextBlockTimestamp(start);
  const identities = await deploy("IdentityRegistry", [maxSilence, recoveryDelay], replacements);
  const vouches = await deploy("VouchRegistry", [identities, origin, unit, period, cap], replacements);
  const lens = await deploy("RegistryLens", [vouches], replacements);
  const reader = await ethers.deployContract("Reader");
  const addresses: Record<Reading, string> = {
    identities: await identities.getAddress(),
    vouches: await vouches.getAddress(),
    lens: await lens.getAddress(),
  };
  const interfaces: Record<Reading, Interface> = {
    identities: Interface.from(identities.interface.fragments),
    vouches: Interface.from(vouches.interface.fragments),
    lens: Interface.from(lens.interface.fragments),
  };
  const readerAddress = await reader.getAddress();
  const known = new Set<string>();
  const questions = new WeakMap<View[], string>();

  function question(views: View[]): string {
    const asked = views.map(({ contract, name, args }) => {
      return { target: addresses[contract], data: interfaces[contract].encodeFunctionData(name, args) };
    });
    return reader.interface.encodeFunctionData("ask", [asked]);
  }

  function explain(registry: Reading, data: string): Failure {
    const parsed = [registry, "vouches" as const].map((name) => interfaces[name].parseError(data)).find(Boolean);
    if (parsed === undefined || parsed === null) return { error: "not an error of ours", args: [data] };
    return { error: parsed.name, args: plain(parsed.args) as unknown[] };
  }

  function encode({ registry, name, args }: Action): string {
    const values = name === "multicall" ? [(args[0] as Action[]).map(encode)] : args;
    return interfaces[registry].encodeFunctionData(name, values);
  }

  async function become(address: string): Promise<void> {
    if (known.has(address)) return;
    known.add(address);
    await provider.request({ method: "hardhat_impersonateAccount", params: [address] });
  }

  function decodeLog({ address, topics, data }: RawLog): Emitted {
    const registry = (["identities", "vouches"] as const).find((name) => addresses[name].toLowerCase() === address);
    if (registry === undefined) throw new Error(`a log of ${address}`);
    const parsed = interfaces[registry].parseLog({ topics, data });
    if (parsed === null) throw new Error("a log that is not in the ABI");
    return { registry, name: parsed.name, args: plain(parsed.args) as unknown[] };
  }

  return {
    chainId: (await ethers.provider.getNetwork()).chainId,
    addresses: { identities: addresses.identities, vouches: addresses.vouches } as Record<Registry, string>,
    now: async () => BigInt(await networkHelpers.time.latest()),

    /** A smart account of this key. */
    async openAccount(key: string): Promise<string> {
      return (await ethers.deployContract("SmartAccount", [key])).getAddress();
    },

    async send(action: Action, at: bigint): Promise<Outcome> {
      await become(action.caller);
      await networkHelpers.time.setNextBlockTimestamp(at);
      const to = addresses[action.registry];
      const transaction = { from: action.caller, to, data: encode(action), gas: TRANSACTION_GAS, gasPrice: "0x0" };
      try {
        const hash = await provider.request({ method: "eth_sendTransaction", params: [transaction] });
        const receipt = await provider.request({ method: "eth_getTransactionReceipt", params: [hash] });
        return { logs: (receipt as { logs: RawLog[] }).logs.map(decodeLog) };
      } catch (error) {
        const data = (error as { data?: unknown }).data;
        if (typeof data !== "string") throw error;
        return { failure: explain(action.registry, data), logs: [] };
      }
    },

    /** What the contracts answer now: the bytes, and how to read them. */
    async ask(views: View[]): Promise<{ bytes: string; read(): unknown[] | Failure }[]> {
      const call = { to: readerAddress, data: questions.get(views) ?? question(views), gas: CALL_GAS };
      questions.set(views, call.data);
      const raw = await provider.request({ method: "eth_call", params: [call, "latest"] });
      return readAnswers(raw as string).map(({ success, data }, i) => ({
        bytes: `${success} ${data}`,
        read: () => {
          const { contract, name, read } = views[i] as View;
          if (!success) return explain(contract, data);
          const values = plain(interfaces[contract].decodeFunctionResult(name, data)) as unknown[];
          return read === undefined ? values : read(values);
        },
      }));
    },
  };
}

export type Chain = Awaited<ReturnType<typeof openChain>>;
