// A deployment for tests, without Hardhat Ignition: it needs nothing but the connection's provider, so that it goes with
// viem, ethers and neither.
import { readFileSync } from "node:fs";
import { productionAddresses, shortAddresses, type TenureAddresses } from "./addresses.ts";
import { deployments } from "./generated/deployments.ts";

type Hex = `0x${string}`;

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
 * @throws An Error where the chain has no account, or does not deploy.
 *
 * @example
 * const connection = await network.create();
 * const { vouchRegistry } = await deployTenure(connection);
 */
export async function deployTenure(
  { provider }: TenureConnection,
  { parameters = "production" }: DeployTenureOptions = {},
): Promise<TenureAddresses> {
  const hasCode = async (address: Hex) =>
    (await provider.request({ method: "eth_getCode", params: [address, "latest"] })) !== "0x";
  const { deployer, salt } = deployments;
  if (!(await hasCode(deployer.address))) {
    await provider.request({ method: "hardhat_setCode", params: [deployer.address, deployer.code] });
  }
  for (const planned of Object.values(deployments[parameters].contracts)) {
    const { contractName, address, constructorArguments } = planned;
    if (await hasCode(address)) continue;
    const data = salt + bytecodeOf(contractName).slice(2) + constructorArguments.slice(2);
    const request = { from: await firstAccount(provider), to: deployer.address, data };
    const hash = await provider.request({ method: "eth_sendTransaction", params: [request] });
    if (!(await hasCode(address))) {
      throw new Error(
        `${contractName} is not at ${address} after transaction ${hash}. ` +
          "deployTenure needs a chain that mines each transaction at once; call it before you turn automatic mining off.",
      );
    }
  }
  return parameters === "production" ? productionAddresses : shortAddresses;
}

async function firstAccount(provider: TenureConnection["provider"]): Promise<string> {
  const accounts = await provider.request({ method: "eth_accounts" });
  const [account] = Array.isArray(accounts) ? accounts : [];
  if (typeof account === "string") return account;
  throw new Error("The network has no account to deploy Tenure with. Give it `accounts` in hardhat.config.ts.");
}

/** Read when it is needed: most programs that import this package deploy nothing. */
function bytecodeOf(contractName: string): Hex {
  const file = new URL(`../bytecode/${contractName}.json`, import.meta.url);
  const { bytecode } = JSON.parse(readFileSync(file, "utf8")) as { bytecode: Hex };
  return bytecode;
}
