// A deployment for tests, without Hardhat Ignition: it needs nothing but the connection's provider, so that it goes with
// viem, ethers and neither.
import { readFileSync } from "node:fs";
import { productionAddresses, shortAddresses, type TenureAddresses } from "./addresses.ts";
import { kindOf, providerOf, type TenureConnection } from "./connection.ts";
import { deployments } from "./generated/deployments.ts";

type Hex = `0x${string}`;

const SETS = {
  production: setOf(deployments.production, productionAddresses),
  short: setOf(deployments.short, shortAddresses),
};

export type { TenureConnection };

/** Options of `deployTenure`. */
export type DeployTenureOptions = {
  /**
   * `production`, as on every public chain: a point a day, periods of 60 days. `short` makes every day a minute, and has
   * addresses of its own.
   */
  parameters?: "production" | "short" | undefined;
};

/**
 * Puts the registries on a test chain, at the addresses and with the code of every public chain. What is there already is
 * left alone, so that it can be called again, and on a fork.
 *
 * @param connection - Hardhat's connection. Its first account pays.
 * @param options - {@link DeployTenureOptions}
 * @returns Where the contracts are.
 * @throws A TypeError where it is given something else. An Error where the chain has no account, its clock stands before
 * period 0, or it does not mine by itself: then all is sent, and a second call after a block was mined finds it.
 *
 * @example
 * const connection = await network.create();
 * const { vouchRegistry } = await deployTenure(connection);
 */
export async function deployTenure(
  connection: TenureConnection,
  options: DeployTenureOptions = {},
): Promise<TenureAddresses> {
  const provider = providerOf(connection);
  const { contracts, addresses, origin } = SETS[parametersOf(options)];
  const hasCode = async (address: Hex, block: "latest" | "pending" = "latest") =>
    (await provider.request({ method: "eth_getCode", params: [address, block] })) !== "0x";

  const missing: Planned[] = [];
  for (const planned of contracts) if (!(await hasCode(planned.address))) missing.push(planned);
  if (missing.length === 0) return addresses;

  const from = await firstAccount(provider);
  await requireOrigin(provider, origin);
  await requireProxy(provider);
  // All are sent before any is looked for, so that one block is enough where the chain does not mine by itself.
  const hashes = new Map<Planned, unknown>();
  for (const planned of missing) {
    // An earlier call has sent it, and it waits. A second one would only be refused.
    if (await hasCode(planned.address, "pending")) continue;
    try {
      hashes.set(planned, await provider.request({ method: "eth_sendTransaction", params: [creation(planned, from)] }));
    } catch (cause) {
      // The proxy refuses what another call has put there meanwhile: two tests may share a connection.
      if (await hasCode(planned.address, "pending")) continue;
      throw notPut(planned, from, cause);
    }
  }
  for (const planned of missing) {
    const { contractName, address } = planned;
    if (await hasCode(address)) continue;
    const hash = hashes.get(planned);
    if (!(await hasCode(address, "pending"))) {
      throw notPut(planned, from, new Error(`Transaction ${hash ?? "of an earlier call"} has put nothing there.`));
    }
    throw new Error(
      `${contractName} is not at ${address} ${hash === undefined ? "yet" : `after transaction ${hash}`}. ` +
        "deployTenure needs a chain that mines each transaction at once; call it before you turn automatic mining off. " +
        "What it has sent waits to be mined: mine a block (evm_mine), and call deployTenure again.",
    );
  }
  return addresses;
}

type Deployment = (typeof deployments)["production" | "short"];
type Planned = Deployment["contracts"][keyof Deployment["contracts"]];

function setOf({ contracts, parameters: { origin } }: Deployment, addresses: TenureAddresses) {
  // In the order in which they need each other.
  return { contracts: Object.values(contracts), addresses, origin };
}

function parametersOf(options: DeployTenureOptions): keyof typeof SETS {
  // A program without types can hand over anything.
  if (typeof options !== "object" || options === null) {
    throw new TypeError(
      `The options of deployTenure are ${kindOf(options)}. Leave them out, or hand over an object: { parameters: "short" }.`,
    );
  }
  const { parameters = "production" } = options;
  if (typeof parameters === "string" && Object.hasOwn(SETS, parameters)) return parameters;
  const given = typeof parameters === "string" ? `"${parameters}"` : kindOf(parameters);
  throw new TypeError(`parameters is ${given}; it can be "production" or "short". @tenure/sdk deploys with others.`);
}

/** The transaction to the proxy that creates a contract. */
function creation({ contractName, constructorArguments }: Planned, from: string) {
  const data = deployments.salt + bytecodeOf(contractName).slice(2) + constructorArguments.slice(2);
  return { from, to: deployments.deployer.address, data };
}

function notPut({ contractName, address }: Planned, from: string, cause: unknown): Error {
  return new Error(
    `${contractName} could not be put at ${address}. The chain may refuse the account ${from} or its gas, or hold ` +
      `something else where Tenure's contracts belong. It says: ${cause instanceof Error ? cause.message : cause}`,
    { cause },
  );
}

async function firstAccount(provider: TenureConnection["provider"]): Promise<string> {
  const accounts = await provider.request({ method: "eth_accounts" });
  const [account] = Array.isArray(accounts) ? accounts : [];
  if (typeof account === "string") return account;
  throw new Error("The network has no account to deploy Tenure with. Give it `accounts` in hardhat.config.ts.");
}

async function requireProxy(provider: TenureConnection["provider"]): Promise<void> {
  const { address, code } = deployments.deployer;
  const found = await provider.request({ method: "eth_getCode", params: [address, "latest"] });
  if (found === code) return;
  if (found === "0x") {
    await provider.request({ method: "hardhat_setCode", params: [address, code] });
    return;
  }
  throw new Error(
    `Something else than the deterministic deployment proxy is at ${address}, so that nothing would come to lie where it ` +
      "does on public chains. Call deployTenure on a chain without it.",
  );
}

/** The constructor refuses an origin in the future, and the proxy does not pass its reason on. */
async function requireOrigin(provider: TenureConnection["provider"], origin: number): Promise<void> {
  const block = await provider.request({ method: "eth_getBlockByNumber", params: ["latest", false] });
  const now = Number((block as { timestamp: Hex }).timestamp);
  if (now >= origin) return;
  const [stands, begins] = [now, origin].map((time) => new Date(time * 1000).toISOString());
  throw new Error(
    `The chain's clock stands at ${stands}; the registries begin at ${begins}. ` +
      "Start the chain later, or put its clock forward, before deployTenure.",
  );
}

/** Read when it is needed: most programs that import this package deploy nothing. */
function bytecodeOf(contractName: string): Hex {
  const file = new URL(`../bytecode/${contractName}.json`, import.meta.url);
  const { bytecode } = JSON.parse(readFileSync(file, "utf8")) as { bytecode: Hex };
  return bytecode;
}
