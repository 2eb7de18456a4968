import {
  getRegistryAddress,
  identityRegistryAbi,
  planDeployment,
  productionParameters,
  pulse,
  shortParameters,
  vouchRegistryAbi,
} from "@tenure/sdk";
import { registryArtifacts } from "@tenure/sdk/bytecode";
import { artifacts } from "hardhat";
import { encodeErrorResult, getAddress, type Hex, stringToHex } from "viem";
import type { Names, Stage } from "./stage.ts";

/** Brings about what an example takes for granted, and answers names that it uses. */
export type Scene = (stage: Stage) => Promise<Partial<Names>>;

const pair = { voucherId: 7, subjectId: 9 } as const;

/** 7 has vouched for 9, and 1 may burn it. */
async function vouched({ names }: Stage) {
  const { receipt } = await names.client.vouchSync({ ...pair, stake: 30, periods: 2, arbiterId: 1 });
  return receipt;
}

async function guarded({ names }: Stage) {
  await names.client.setGuardianSync({ id: 7, guardian: names.guardian.account.address });
}

async function proposed(stage: Stage) {
  await guarded(stage);
  await stage.names.guardian.proposeRecoverySync({ id: 7, candidate: stage.names.candidate.account.address });
}

/** As it comes over a network. */
const posted = async (signed: Promise<object>) => ({ text: JSON.stringify(await signed) });

/** 7 holds token 22 of a contract. */
const withToken: Scene = async ({ names: { client } }) => {
  const { abi, bytecode } = await artifacts.readArtifact("PlainToken");
  const creation = await client.deployContract({ abi, bytecode: bytecode as Hex, args: [] });
  const { contractAddress } = await client.waitForTransactionReceipt({ hash: creation });
  const agentRegistry = getAddress(contractAddress ?? "0x");
  const mint = { abi, address: agentRegistry, functionName: "mint", args: [client.account.address, 22n] } as const;
  await client.waitForTransactionReceipt({ hash: await client.writeContract(mint) });
  return { agentRegistry };
};

/** And says that it operates it. */
const withLink: Scene = async (stage) => {
  const { agentRegistry } = await withToken(stage);
  if (agentRegistry !== undefined) await stage.names.client.linkSync({ id: 7, agentRegistry, agentId: 22 });
  return { agentRegistry } as Partial<Names>;
};

const nothing: Scene = async () => ({});

const newcomer: Scene = async ({ names }) => ({ client: names.agent });

const withVouch: Scene = async (stage) => {
  await vouched(stage);
  return {};
};

const withWarning: Scene = async ({ names }) => {
  await names.client.warnSync({ ...pair, stake: 30, periods: 2 });
  return {};
};

/** The log of a vouch, as it comes from the node and as viem decodes it. */
const withLog: Scene = async (stage) => {
  const { client } = stage.names;
  const { blockHash } = await vouched(stage);
  const address = getRegistryAddress(client, "vouchRegistry");
  const filter = { address, abi: vouchRegistryAbi, eventName: "Vouched", strict: true, blockHash } as const;
  const [log] = await client.getContractEvents(filter);
  if (log === undefined) throw new TypeError("The vouch left no log.");
  return { log: { ...log, topics: log.topics as [Hex, ...Hex[]] } };
};

const withUnknown: Scene = async ({ names }) => {
  const error: unknown = await pulse(names.client, { id: 99 }).catch((reason: unknown) => reason);
  return { error };
};

/** By the export that an example is of, its `Sync` twin included. */
const scenes: Readonly<Record<string, Scene>> = {
  cancelPending: async (stage) => {
    await proposed(stage);
    return { client: stage.names.guardian };
  },
  claimRecovery: async (stage) => {
    await proposed(stage);
    await stage.world.wait(shortParameters.recoveryDelay);
    return {};
  },
  proposeRecovery: async (stage) => {
    await guarded(stage);
    return { address: stage.names.candidate.account.address };
  },
  setGuardian: async ({ names }) => ({ address: names.guardian.account.address }),
  register: newcomer,
  link: withToken,
  unlink: withLink,
  getLink: withLink,
  getLinks: withLink,
  getLinkedIdentity: withLink,
  resume: async ({ names }) => {
    await names.client.suspendSync({ id: 7 });
    return {};
  },
  unsetAgentWallet: async ({ names }) => {
    await names.client.setAgentWalletSync({ signed: await names.hotKey.signAgentWallet({ id: 7 }) });
    return {};
  },
  getAgentMetadata: async ({ names }) => {
    await names.client.setMetadataSync({ id: 7, key: "model", value: stringToHex("m-1") });
    return {};
  },
  checkRequirement: async ({ ownerOf }) => {
    await ownerOf(1).vouchSync({ voucherId: 1, subjectId: 7, stake: 5, periods: 1 });
    return {};
  },
  getVouch: withVouch,
  getVouchesBy: withVouch,
  getVouchers: async ({ ownerOf }) => {
    await ownerOf(9).vouchSync({ voucherId: 9, subjectId: 7, stake: 5, periods: 1 });
    return {};
  },
  getSupportAt: async ({ world }) => ({ expiry: await world.now() }),
  renew: withVouch,
  revoke: withVouch,
  revokeFor: withVouch,
  signRevoke: withVouch,
  getRevokeTypedData: withVouch,
  burn: withVouch,
  disown: async (stage) => {
    await vouched(stage);
    return { client: stage.ownerOf(9) };
  },
  verifyRegister: async ({ names }) => posted(names.agent.signRegister({})),
  verifyPulse: async ({ names }) => posted(names.client.signPulse({ id: 7 })),
  verifyRotateKey: async ({ names }) => posted(names.nextKey.signRotateKey({ id: 7 })),
  verifyAgentWallet: async ({ names }) => posted(names.hotKey.signAgentWallet({ id: 7 })),
  verifyVouch: async ({ names }) => posted(names.client.signVouch({ ...pair, stake: 30, periods: 2 })),
  verifyWarn: async ({ names }) => posted(names.client.signWarn({ ...pair, stake: 30, periods: 2 })),
  parseSigned: async ({ names }) => posted(names.client.signVouch({ ...pair, stake: 30, periods: 2 })),
  verifyRevoke: async (stage) => {
    await vouched(stage);
    return posted(stage.names.client.signRevoke(pair));
  },
  decodeEdge: withLog,
  decodeSubjectRing: withVouch,
  decodeVoucherRing: withVouch,
  edgeSlot: withVouch,
  supportRingSlot: withVouch,
  oppositionRingSlot: withWarning,
  decodeEvent: withLog,
  decodeIdentityRecord: async ({ names }) => {
    const address = getRegistryAddress(names.client, "identityRegistry");
    const call = { address, abi: identityRegistryAbi, functionName: "getRecord", args: [7n] } as const;
    return { word: await names.client.readContract(call) };
  },
  parseRegistrationFile: async ({ names }) => {
    const { uri } = await names.client.getRegistrationFile({ id: 7 });
    return { response: await fetch(uri) };
  },
  getDeterministicAddress: async () => {
    const [{ initCode }] = planDeployment(productionParameters, registryArtifacts);
    return { initCode };
  },
  isExpectedCode: async ({ names }) => {
    const code = await names.client.getCode({ address: getRegistryAddress(names.client, "identityRegistry") });
    return { code: code ?? "0x" };
  },
  TenureError: async ({ names }) => {
    await names.client.suspendSync({ id: 7 });
    return {};
  },
  ContractError: withUnknown,
  isTenureError: withUnknown,
  toTenureError: async ({ names }) => ({ request: pulse.call(names.client, { id: 99 }) }),
  decodeContractError: async () => ({
    data: encodeErrorResult({ abi: vouchRegistryAbi, errorName: "InsufficientStanding", args: [7n, 12n, 30n, 18n] }),
  }),
};

export function sceneOf(name: string): Scene {
  return scenes[name] ?? scenes[name.replace(/Sync$/, "")] ?? nothing;
}

/** Names of scenes that no example asks for: a typing mistake, or a leftover. */
export function idleScenes(names: ReadonlySet<string>): string[] {
  return Object.keys(scenes).filter((name) => !names.has(name));
}
