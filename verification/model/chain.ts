import { ContractFactory, Interface, id, type Result } from "ethers";
import { network } from "hardhat";
import type { Action } from "./program/action.ts";
import type { Contract, Parameters } from "./rules/state.ts";
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
  allowBlocksWithSameTimestamp: true, // as on rollups
  allowUnlimitedContractSize: true, // for code that the mutation tests compiled without optimising it
};
const TRANSACTION_GAS = `0x${(10_000_000).toString(16)}`;
const CALL_GAS = 2_000_000_000;
/** What one call may use since Osaka (EIP-7825), and how many questions that is enough for. */
const CAPPED = { gas: 16_777_216, questions: 40 };

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

const word = (value: number): string => value.toString(16).padStart(64, "0");

/** A list of (address, bytes), likewise. */
function writeQuestions(asked: readonly { target: string; data: string }[]): string {
  const tuples = asked.map(({ target, data }) => {
    const hex = data.slice(2);
    const padded = hex.padEnd(64 * Math.ceil(hex.length / 64), "0");
    return `${target.slice(2).toLowerCase().padStart(64, "0")}${word(64)}${word(hex.length / 2)}${padded}`;
  });
  let at = 32 * tuples.length;
  const places = tuples.map((tuple) => {
    const place = word(at);
    at += tuple.length / 2;
    return place;
  });
  return [word(32), word(tuples.length), ...places, ...tuples].join("");
}

/** A chain takes a second to make, so there is one of a kind; each program begins where nothing has happened yet. */
const connections = new Map<string, ReturnType<typeof connect>>();

async function connect(chainType: "l1" | "op", hardfork: string) {
  const name = chainType === "op" ? "op" : "default";
  const connection = await network.create({ network: name, override: { ...override, hardfork } });
  return { connection, beginning: await connection.networkHelpers.takeSnapshot() };
}

/** Which rules the chain follows, and creation code to deploy in the place of a contract's own. */
export interface Variant {
  chainType?: "l1" | "op";
  hardfork?: string;
  replacements?: Replacements;
}

/** Creation code to deploy in the place of a contract's own. */
export type Replacements = ReadonlyMap<string, string>;

async function deploy<Name extends "IdentityRegistry" | "VouchRegistry" | "RegistryLens" | "DelegationRegistry">(
  name: Name,
  args: unknown[],
  ethers: Awaited<ReturnType<typeof connect>>["connection"]["ethers"],
  replacements: Replacements = new Map(),
) {
  const factory = await ethers.getContractFactory(name);
  const code = replacements.get(name);
  return code === undefined
    ? factory.deploy(...(args as never))
    : new ContractFactory(factory.interface, code, factory.runner).deploy(...args);
}

/** The four contracts on a chain without anything else. */
export async function openChain(parameters: Parameters, start: bigint, variant: Variant = {}) {
  const { chainType = "l1", hardfork = "prague", replacements } = variant;
  const kind = `${chainType} ${hardfork}`;
  const opened = connections.get(kind) ?? connect(chainType, hardfork);
  connections.set(kind, opened);
  const { connection, beginning } = await opened;
  const { ethers, provider, networkHelpers } = connection;
  await beginning.restore();
  const { maxSilence, recoveryDelay, origin, unit, period, cap } = parameters;
  await networkHelpers.time.setNextBlockTimestamp(start);
  const renderer = await ethers.deployContract("RegistrationRenderer");
  const identities = await deploy("IdentityRegistry", [maxSilence, recoveryDelay, renderer], ethers, replacements);
  const vouches = await deploy("VouchRegistry", [identities, origin, unit, period, cap], ethers, replacements);
  const lens = await deploy("RegistryLens", [vouches], ethers, replacements);
  const delegations = await deploy("DelegationRegistry", [], ethers, replacements);
  const reader = await ethers.deployContract("Reader");
  const addresses: Record<Reading, string> = {
    identities: await identities.getAddress(),
    vouches: await vouches.getAddress(),
    lens: await lens.getAddress(),
    delegations: await delegations.getAddress(),
  };
  const interfaces: Record<Reading, Interface> = {
    identities: Interface.from(identities.interface.fragments),
    vouches: Interface.from(vouches.interface.fragments),
    lens: Interface.from(lens.interface.fragments),
    delegations: Interface.from(delegations.interface.fragments),
  };
  const account = (await ethers.getContractFactory("SmartAccount")).interface;
  const readerAddress = await reader.getAddress();
  const known = new Set<string>();
  /** Smart accounts, and the key of each. */
  const keys = new Map<string, string>();
  const questions = new WeakMap<View[], string[]>();
  /** Each question, encoded once: most are asked after every step. */
  const encoded = new Map<string, string>();
  const ask = id("ask((address,bytes)[])").slice(0, 10);

  function encodeView({ contract, name, args }: View): string {
    const texts = args.map((arg) => (Array.isArray(arg) ? `[${arg.join()}]` : String(arg)));
    const label = `${contract}.${name}(${texts.join()})`;
    const data = encoded.get(label) ?? interfaces[contract].encodeFunctionData(name, args);
    encoded.set(label, data);
    return data;
  }

  /** The calls that ask all of it, at most so many questions in one. */
  function question(views: View[], most: number): string[] {
    const asked = views.map((view) => ({ target: addresses[view.contract], data: encodeView(view) }));
    const batches = Array.from({ length: Math.ceil(asked.length / most) }, (_, i) =>
      asked.slice(i * most, (i + 1) * most),
    );
    return batches.map((batch) => `${ask}${writeQuestions(batch)}`);
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
    const registry = (["identities", "vouches", "delegations"] as const).find(
      (name) => addresses[name].toLowerCase() === address,
    );
    if (registry === undefined) throw new Error(`a log of ${address}`);
    const parsed = interfaces[registry].parseLog({ topics, data });
    if (parsed === null) throw new Error("a log that is not in the ABI");
    return { registry, name: parsed.name, args: plain(parsed.args) as unknown[] };
  }

  return {
    chainId: (await ethers.provider.getNetwork()).chainId,
    addresses: addresses as Record<Contract, string>,
    /** What answers as a node of it does. */
    provider,
    /** The way back to how everything is now. */
    snapshot: async (): Promise<() => Promise<void>> => (await networkHelpers.takeSnapshot()).restore,

    now: async () => BigInt(await networkHelpers.time.latest()),

    /** A smart account of this key. */
    async openAccount(key: string): Promise<string> {
      const account = await (await ethers.deployContract("SmartAccount", [key])).getAddress();
      keys.set(account, key);
      return account;
    },

    /** A smart account does what its key sends it; the origin is that key. */
    async send(action: Action, at: bigint): Promise<Outcome> {
      const key = keys.get(action.caller);
      const from = key ?? action.caller;
      await become(from);
      await networkHelpers.time.setNextBlockTimestamp(at);
      const [target, call] = [addresses[action.registry], encode(action)];
      const order = { to: action.caller, data: account.encodeFunctionData("execute", [target, call]) };
      const sent = key === undefined ? { to: target, data: call } : order;
      const transaction = { from, ...sent, gas: TRANSACTION_GAS, gasPrice: "0x0" };
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
      const isCapped = hardfork === "osaka";
      const gas = `0x${(isCapped ? CAPPED.gas : CALL_GAS).toString(16)}`;
      const batches = questions.get(views) ?? question(views, isCapped ? CAPPED.questions : views.length);
      questions.set(views, batches);
      const answers = [];
      for (const data of batches) {
        const raw = await provider.request({
          method: "eth_call",
          params: [{ to: readerAddress, data, gas }, "latest"],
        });
        answers.push(...readAnswers(raw as string));
      }
      return answers.map(({ success, data }, i) => ({
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
