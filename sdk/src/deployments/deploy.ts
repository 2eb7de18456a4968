import type { Account, Address, Chain, Client, Hex, Transport } from "viem";
import { concatHex, keccak256 } from "viem";
import {
  getBalance,
  getBlock,
  getCode,
  sendRawTransaction,
  sendTransaction,
  waitForTransactionReceipt,
} from "viem/actions";
import { identityRegistryArtifact } from "../bytecode/identityRegistry.ts";
import { registryLensArtifact } from "../bytecode/registryLens.ts";
import { vouchRegistryArtifact } from "../bytecode/vouchRegistry.ts";
import { AccountRequiredError, TransactionRefusedError } from "../errors/arguments.ts";
import {
  DeployerUnavailableError,
  ForeignCodeError,
  NotDeployedError,
  OriginAheadError,
} from "../errors/deployment.ts";
import {
  deploymentSalt,
  deterministicDeployer,
  deterministicDeployerCode,
  deterministicDeployerCost,
  deterministicDeployerGasPrice,
  deterministicDeployerSigner,
  deterministicDeployerTransaction,
} from "./create2.ts";
import { isExpectedCode } from "./expectedCode.ts";
import { type PlannedContract, planDeployment } from "./plan.ts";
import type { DeploymentParameters, RegistryAddresses, RegistryName } from "./types.ts";

/** Parameters of `deployRegistries`. */
export type DeployRegistriesParameters = {
  /** The constructor arguments; `productionParameters` on a public chain. */
  parameters: DeploymentParameters;
  /** Who sends and pays; the client's account where left out. */
  account?: Account | Address | undefined;
};

/** One contract, deployed. */
export type DeployedContract = {
  /** Which one. */
  contract: RegistryName;
  /** Where it is. */
  address: Address;
  /** The transaction that put it there; undefined where it was there before. */
  hash: Hex | undefined;
};

/** Result of `deployRegistries`. */
export type DeployRegistriesReturnType = {
  /** Where the registries are. */
  addresses: Required<RegistryAddresses>;
  /** The contracts, in the order in which they were deployed. */
  contracts: DeployedContract[];
};

const artifacts = {
  identityRegistry: identityRegistryArtifact,
  vouchRegistry: vouchRegistryArtifact,
  registryLens: registryLensArtifact,
};

/**
 * Deploys the registries through the deterministic deployment proxy: at the same addresses on every chain. A contract
 * that is there already is left alone. Where the proxy itself is missing, as on a fresh local chain, it is put there with
 * its well-known transaction.
 *
 * @param client - Client with the account that pays.
 * @param parameters - {@link DeployRegistriesParameters}
 * @returns The addresses, and what was deployed.
 * @throws {ForeignCodeError} Other code is at an expected address.
 * @throws {OriginAheadError} Period 0 would begin in the chain's future.
 * @throws {DeployerUnavailableError} The proxy is missing, and the chain refuses its transaction.
 *
 * @example
 * const { addresses } = await deployRegistries(client, { parameters: shortParameters });
 */
export async function deployRegistries<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  { parameters, account = client.account }: DeployRegistriesParameters,
): Promise<DeployRegistriesReturnType> {
  if (account === undefined) throw new AccountRequiredError();
  const plan = planDeployment(parameters, artifacts);
  // All are looked at before anything is sent: a deployment that cannot be completed is not begun.
  const missing = new Set<PlannedContract>();
  for (const planned of plan) if (!(await isDeployed(client, planned))) missing.add(planned);
  if (missing.size > 0) {
    await requirePastOrigin(client, parameters.origin);
    await ensureDeployer(client, account);
  }

  const contracts: DeployedContract[] = [];
  for (const planned of plan) {
    const { contract, address, initCode } = planned;
    const hash = missing.has(planned)
      ? await send(client, account, { to: deterministicDeployer, data: concatHex([deploymentSalt, initCode]) })
      : undefined;
    if (!(await isDeployed(client, planned))) throw new NotDeployedError({ contract, address });
    contracts.push({ contract, address, hash });
  }
  const [identityRegistry, vouchRegistry, registryLens] = plan;
  return {
    addresses: {
      identityRegistry: identityRegistry.address,
      vouchRegistry: vouchRegistry.address,
      registryLens: registryLens.address,
    },
    contracts,
  };
}

/** Whether a contract is there; other code in its place is an error. */
async function isDeployed(client: Client, { contract, address, artifact }: PlannedContract): Promise<boolean> {
  const code = await getCode(client, { address });
  if (code === undefined) return false;
  if (!isExpectedCode(code, artifact)) throw new ForeignCodeError({ contract, address, codeHash: keccak256(code) });
  return true;
}

async function requirePastOrigin(client: Client, origin: number): Promise<void> {
  const { timestamp } = await getBlock(client);
  if (BigInt(origin) > timestamp) throw new OriginAheadError({ origin, now: Number(timestamp) });
}

async function ensureDeployer(client: Client<Transport, Chain | undefined>, account: Account | Address): Promise<void> {
  const code = await getCode(client, { address: deterministicDeployer });
  if (code === deterministicDeployerCode) return;
  if (code !== undefined) {
    const codeHash = keccak256(code);
    throw new ForeignCodeError({ contract: "deployer", address: deterministicDeployer, codeHash });
  }
  // Looked at before anything is sent to the signer, who could not give it back.
  const { baseFeePerGas } = await getBlock(client);
  if ((baseFeePerGas ?? 0n) > deterministicDeployerGasPrice) {
    throw new DeployerUnavailableError({ address: deterministicDeployer });
  }
  const balance = await getBalance(client, { address: deterministicDeployerSigner });
  if (balance < deterministicDeployerCost) {
    await send(client, account, { to: deterministicDeployerSigner, value: deterministicDeployerCost - balance });
  }
  try {
    await mined(client, await sendRawTransaction(client, { serializedTransaction: deterministicDeployerTransaction }));
  } catch (cause) {
    const options = cause instanceof Error ? { cause } : {};
    throw new DeployerUnavailableError({ address: deterministicDeployer }, options);
  }
}

async function send(
  client: Client<Transport, Chain | undefined>,
  account: Account | Address,
  request: { to: Address; data?: Hex; value?: bigint },
): Promise<Hex> {
  return mined(client, await sendTransaction(client, { ...request, account, chain: client.chain ?? null }));
}

async function mined(client: Client<Transport, Chain | undefined>, hash: Hex): Promise<Hex> {
  const { status } = await waitForTransactionReceipt(client, { hash });
  if (status === "reverted") throw new TransactionRefusedError({ hash });
  return hash;
}
