// npx hardhat run scripts/deploy.ts --network NETWORK
//
// Deploys the registries at the same addresses on every chain; what is there already is left alone. Writes
// deployments/CHAIN.json. The environment says with which parameters:
//
//   TENURE_PARAMETERS=production   a point a day, periods of 60 days (the default on every public chain)
//   TENURE_PARAMETERS=short        every day made a minute, for test networks (the default on local chains)
//   TENURE_ORIGIN=1767225600       with short units: when period 0 began, if not 2026-01-01; other addresses come of it
import path from "node:path";
import { chooseParameters, deployRegistries, isTenureError } from "@tenure/sdk";
import { network } from "hardhat";
import { readEnvironment } from "./lib/environment.ts";
import { recordDeployment } from "./lib/record.ts";
import { table } from "./lib/table.ts";

const connection = await network.getOrCreate();
const publicClient = await connection.viem.getPublicClient();
const [deployer] = await connection.viem.getWalletClients();
const chainId = await publicClient.getChainId();

try {
  if (deployer === undefined) throw new TypeError(`Network "${connection.networkName}" has no account to pay with.`);
  const { set, parameters } = chooseParameters(chainId, readEnvironment(process.env));
  const { addresses, contracts } = await deployRegistries(deployer, { parameters });
  const rows = contracts.map(({ contract, address, hash }) => [contract, address, hash ? "deployed" : "was there"]);
  console.log(`Chain ${chainId}, ${set} parameters\n\n${table(["contract", "address", ""], rows)}\n`);
  // A chain inside this process is gone when it ends.
  if (connection.networkConfig.type === "http") {
    const folder = path.join(import.meta.dirname, "../deployments");
    const file = await recordDeployment(folder, { chainId, addresses, parameters });
    console.log(`Recorded in ${path.relative(process.cwd(), file)}`);
  }
} catch (error) {
  if (!isTenureError(error) && !(error instanceof TypeError)) throw error;
  console.error(
    `deploy: ${isTenureError(error) ? [error.shortMessage, ...(error.metaMessages ?? [])].join(" ") : error.message}`,
  );
  process.exitCode = 1;
}
