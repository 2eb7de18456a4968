import {
  type Account,
  type Address,
  type Chain,
  type Client,
  concatHex,
  type Hex,
  keccak256,
  type Transport,
} from "viem";
import { parseAccount } from "viem/accounts";
import {
  estimateGas,
  getBalance,
  getBlock,
  getCode,
  getTransactionCount,
  sendRawTransaction,
  sendTransaction,
} from "viem/actions";
import {
  deploymentSalt,
  deterministicDeployer,
  deterministicDeployerCode,
  deterministicDeployerCost,
  deterministicDeployerGasPrice,
  deterministicDeployerSigner,
  deterministicDeployerTransaction,
} from "../../deployments/create2.ts";
import { isExpectedCode } from "../../deployments/expectedCode.ts";
import { type PlannedContract, planDeployment } from "../../deployments/plan.ts";
import { requireAcceptable } from "../../deployments/requireAcceptable.ts";
import { requireParameters } from "../../deployments/requireParameters.ts";
import { AccountRequiredError, type TransactionRefusedError } from "../../errors/arguments.ts";
import { isTenureError } from "../../errors/base.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import {
  DeployerUnavailableError,
  type EvmTooOldError,
  ForeignCodeError,
  type ForeignParametersError,
  NotDeployedError,
  type OriginAheadError,
} from "../../errors/deployment.ts";
import type { InvalidParametersError } from "../../errors/identity.ts";
import type { InsufficientEtherError } from "../../errors/network.ts";
import type { UnknownOutcomeError } from "../../errors/outcome.ts";
import type { HorizonPassedError } from "../../errors/vouch.ts";
import { explain } from "../../rpc/explain.ts";
import { requireEvm } from "../../rpc/requireEvm.ts";
import type { AnyClient } from "../../types/client.ts";
import type { DeploymentParameters, RegistryName } from "../../types/deployment.ts";
import { handingOver } from "../../writes/broadcast.ts";
import { waitForReceipt } from "../../writes/waitForReceipt.ts";
import { whyUnsent } from "../../writes/whyUnsent.ts";

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
  /** The transaction that put it there; undefined where it was there before, or somebody else's came first. */
  hash: Hex | undefined;
};

/** Result of `deployRegistries`. */
export type DeployRegistriesReturnType = {
  /** Where the registries are. */
  addresses: Record<RegistryName, Address>;
  /** The contracts, in the order in which they were deployed. */
  contracts: DeployedContract[];
};

/** How often to look whether somebody else's transaction went through. */
const LOOKS = 30;

/** How many times a contract is sent whose nonce somebody else takes: once for each that there is, at most. */
const TRIES = 6;

/** What `deployRegistries` throws. */
export type DeployRegistriesErrorType =
  | WriteErrorType
  | DeployerUnavailableError
  | EvmTooOldError
  | ForeignCodeError
  | ForeignParametersError
  | HorizonPassedError
  | InsufficientEtherError
  | InvalidParametersError
  | NotDeployedError
  | OriginAheadError
  | TransactionRefusedError
  | UnknownOutcomeError;

/**
 * Deploys the registries through the deterministic deployment proxy: at the same addresses on every chain. A contract
 * that is there already is left alone, and its parameters are read back; others may deploy at the same time. Where the
 * proxy itself is missing, as on a fresh local chain, it is put there with its well-known transaction.
 *
 * @param client - Client with the account that pays.
 * @param parameters - {@link DeployRegistriesParameters}
 * @returns The addresses, and what was deployed.
 * @throws {ForeignCodeError} Other code is at an expected address.
 * @throws {ForeignParametersError} A contract at an expected address was made with other parameters.
 * @throws {OriginAheadError} Period 0 would begin in the chain's future.
 * @throws {InvalidParametersError} The registries do not take the parameters.
 * @throws {HorizonPassedError} The origin is so far back that no period is left.
 * @throws {EvmTooOldError} The chain's machine lacks an instruction that the contracts need.
 * @throws {InsufficientEtherError} The account cannot pay.
 * @throws {TransactionRefusedError} A transaction was mined, and did nothing.
 * @throws {UnknownOutcomeError} A transaction was sent, and nobody says what came of it.
 * @throws {NotDeployedError} The transactions were mined, and still nothing is there.
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
  // A quarter of a megabyte, which whoever bundles this can leave in a file of its own until something is deployed.
  const { registryArtifacts } = await import("../../deployments/artifacts.ts");
  const plan = planDeployment(parameters, registryArtifacts);
  const [{ address: renderer }, { address: identities }, { address: vouches }] = plan;
  const isDeployed = (planned: PlannedContract) =>
    explain(client, isThere(client, planned, { ...parameters, renderer, identities, vouches }));
  // All are looked at before anything is sent: a deployment that cannot be completed is not begun.
  const missing = new Set<PlannedContract>();
  for (const planned of plan) if (!(await isDeployed(planned))) missing.add(planned);
  if (missing.size > 0) {
    const { timestamp } = await explain(client, getBlock(client));
    requireAcceptable(parameters, Number(timestamp));
    await explain(client, requireEvm(client));
    await ensureDeployer(client, account);
  }

  const contracts: DeployedContract[] = [];
  for (const planned of plan) {
    const { contract, address, initCode } = planned;
    const hash = missing.has(planned)
      ? await send(
          client,
          account,
          { address, isDone: () => isDeployed(planned) },
          { to: deterministicDeployer, data: concatHex([deploymentSalt, initCode]) },
        )
      : undefined;
    if (!(await isDeployed(planned))) throw new NotDeployedError({ contract, address });
    contracts.push({ contract, address, hash });
  }
  const [registrationRenderer, identityRegistry, vouchRegistry, registryLens, agentLinks, delegationRegistry] = plan;
  return {
    addresses: {
      registrationRenderer: registrationRenderer.address,
      identityRegistry: identityRegistry.address,
      vouchRegistry: vouchRegistry.address,
      registryLens: registryLens.address,
      agentLinks: agentLinks.address,
      delegationRegistry: delegationRegistry.address,
    },
    contracts,
  };
}

/** Whether a contract is there; other code or other parameters in its place are an error. */
async function isThere(
  client: Client,
  planned: PlannedContract,
  parameters: Parameters<typeof requireParameters>[2],
): Promise<boolean> {
  const { contract, address, artifact } = planned;
  const code = await getCode(client, { address });
  if (code === undefined) return false;
  if (!isExpectedCode(code, artifact)) throw new ForeignCodeError({ contract, address, codeHash: keccak256(code) });
  await requireParameters(client, planned, parameters);
  return true;
}

/**
 * Sends what somebody else may be sending as well, at this moment: it failed only if it is still not done when whatever
 * is underway is through. Undefined where somebody else did it.
 */
async function raced(
  client: AnyClient,
  { sender, address, isDone }: { sender: Account | Address; address: Address; isDone: () => Promise<boolean> },
  act: () => Promise<Hex>,
): Promise<Hex | undefined> {
  try {
    return await explain(client, act());
  } catch (error) {
    if (isUnknown(error)) {
      // Whoever does not say what came of it may not say this either.
      if (await isDone().catch(() => false)) return undefined;
      throw error;
    }
    for (let look = 0; look < LOOKS; look++) {
      if (await isDone()) return undefined;
      if (!(await isUnderway(client, parseAccount(sender).address, address))) break;
      await new Promise((resolve) => setTimeout(resolve, client.pollingInterval));
    }
    if (await isDone()) return undefined;
    throw error;
  }
}

/** Whether a block to come holds a transaction of the sender, or code at an address. */
async function isUnderway(client: AnyClient, sender: Address, address: Address): Promise<boolean> {
  const [latest, pending, code] = await Promise.all([
    getTransactionCount(client, { address: sender, blockTag: "latest" }),
    getTransactionCount(client, { address: sender, blockTag: "pending" }),
    getCode(client, { address, blockTag: "pending" }),
  ]);
  return pending > latest || code !== undefined;
}

async function ensureDeployer(client: AnyClient, account: Account | Address): Promise<void> {
  const isDone = async () => {
    const code = await explain(client, getCode(client, { address: deterministicDeployer }));
    if (code === undefined || code === deterministicDeployerCode) return code !== undefined;
    const codeHash = keccak256(code);
    throw new ForeignCodeError({ contract: "deployer", address: deterministicDeployer, codeHash });
  };
  if (await isDone()) return;
  // Looked at before anything is sent to the signer, who could not give it back.
  const { baseFeePerGas } = await getBlock(client);
  if ((baseFeePerGas ?? 0n) > deterministicDeployerGasPrice) {
    throw new DeployerUnavailableError({ address: deterministicDeployer });
  }
  const lacking = async () =>
    deterministicDeployerCost - (await getBalance(client, { address: deterministicDeployerSigner }));
  const value = await lacking();
  if (value > 0n) {
    const isFunded = async () => (await isDone()) || (await lacking()) <= 0n;
    const race = { address: deterministicDeployer, isDone: isFunded };
    await send(client, account, race, { to: deterministicDeployerSigner, value });
  }
  try {
    const race = { sender: deterministicDeployerSigner, address: deterministicDeployer, isDone };
    await raced(client, race, async () =>
      mined(
        client,
        await sendRawTransaction(handingOver(client, parseAccount(deterministicDeployerSigner)), {
          serializedTransaction: deterministicDeployerTransaction,
        }),
      ),
    );
  } catch (cause) {
    if (isUnknown(cause)) throw cause;
    const options = cause instanceof Error ? { cause } : {};
    throw new DeployerUnavailableError({ address: deterministicDeployer }, options);
  }
}

/** Sends what somebody else may be sending as well; undefined where somebody else did it. */
async function send(
  client: AnyClient,
  account: Account | Address,
  race: { address: Address; isDone: () => Promise<boolean> },
  request: { to: Address; data?: Hex; value?: bigint },
): Promise<Hex | undefined> {
  const act = async () =>
    mined(
      client,
      await sendTransaction(handingOver(client, parseAccount(account)), {
        ...request,
        account,
        chain: client.chain ?? null,
      }),
    );
  try {
    for (let tries = 1; ; tries++) {
      try {
        return await raced(client, { ...race, sender: account }, act);
      } catch (error) {
        // Whoever deploys from the same account may be a contract ahead or behind, and have taken the nonce for that one.
        if (!isTenureError(error) || error.name !== "NonceTakenError" || tries === TRIES) throw error;
      }
    }
  } catch (error) {
    const estimate = (sender: Address) => estimateGas(client, { ...request, account: sender });
    throw (await whyUnsent(client, { ...request, account }, error, estimate)) ?? error;
  }
}

async function mined(client: AnyClient, hash: Hex): Promise<Hex> {
  await waitForReceipt(client, { hash });
  return hash;
}

function isUnknown(error: unknown): boolean {
  return isTenureError(error) && error.name === "UnknownOutcomeError";
}
