// A deployment for tests, without Hardhat Ignition: it needs nothing but the connection's provider, so that it goes with
// viem, ethers and neither.
import { readFileSync } from "node:fs";
import { productionAddresses, shortAddresses, type TenureAddresses } from "./addresses.ts";
import { deployments } from "./generated/deployments.ts";

type Hex = `0x${string}`;

const SETS = {
  production: setOf(deployments.production, productionAddresses),
  short: setOf(deployments.short, shortAddresses),
};

/** What a connection of Hardhat's has, as far as it is needed: `await network.create()`. */
export type TenureConnection = {
  /** Where requests go (EIP-1193). */
  provider: { request(request: { method: string; params?: unknown[] }): Promise<unknown> };
};

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
 * @throws An Error where the chain has no account, its clock stands before period 0, or it does not mine by itself.
 *
 * @example
 * const connection = await network.create();
 * const { vouchRegistry } = await deployTenure(connection);
 */
export async function deployTenure(
  { provider }: TenureConnection,
  { parameters = "production" }: DeployTenureOptions = {},
): Promise<TenureAddresses> {
  if (!Object.hasOwn(SETS, parameters)) {
    throw new TypeError(
      `parameters is "${parameters}"; it can be "production" or "short". @tenure/sdk deploys with others.`,
    );
  }
  const { contracts, addresses, origin } = SETS[parameters];
  const { deployer, salt } = deployments;
  const hasCode = async (address: Hex) =>
    (await provider.request({ method: "eth_getCode", params: [address, "latest"] })) !== "0x";

  const missing: (typeof contracts)[number][] = [];
  for (const planned of contracts) if (!(await hasCode(planned.address))) missing.push(planned);
  if (missing.length === 0) return addresses;

  const from = await firstAccount(provider);
  await requireOrigin(provider, origin);
  await requireProxy(provider);
  for (const { contractName, address, constructorArguments } of missing) {
    const data = salt + bytecodeOf(contractName).slice(2) + constructorArguments.slice(2);
    const request = { from, to: deployer.address, data };
    let hash: unknown;
    try {
      hash = await provider.request({ method: "eth_sendTransaction", params: [request] });
    } catch (cause) {
      // The proxy refuses what another call has put there meanwhile: two tests may share a connection.
      if (await hasCode(address)) continue;
      throw new Error(
        `${contractName} could not be put at ${address}. The chain may refuse the account ${from} or its gas, or hold ` +
          `something else where Tenure's contracts belong. It says: ${cause instanceof Error ? cause.message : cause}`,
        { cause },
      );
    }
    if (!(await hasCode(address))) {
      throw new Error(
        `${contractName} is not at ${address} after transaction ${hash}. ` +
          "deployTenure needs a chain that mines each transaction at once; call it before you turn automatic mining off.",
      );
    }
  }
  return addresses;
}

type Deployment = (typeof deployments)["production" | "short"];

function setOf({ contracts, parameters: { origin } }: Deployment, addresses: TenureAddresses) {
  // In the order in which they need each other.
  return { contracts: Object.values(contracts), addresses, origin };
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
