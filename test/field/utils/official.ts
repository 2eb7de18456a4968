import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { Interface, type InterfaceAbi } from "ethers";

/** The official ERC-8004 contracts, unmodified: what a test deploys beside Tenure. See ../vendor/README.md. */
const VENDOR = path.join(import.meta.dirname, "../vendor/erc-8004-contracts");
const PACKAGES = path.join(import.meta.dirname, "../../../node_modules");

const NAMES = [
  "IdentityRegistryUpgradeable",
  "ReputationRegistryUpgradeable",
  "ValidationRegistryUpgradeable",
  "ERC1967Proxy",
] as const;
export type OfficialName = (typeof NAMES)[number];

interface Compiled {
  abi: InterfaceAbi;
  evm: { bytecode: { object: string }; deployedBytecode: { object: string } };
}
interface Output {
  errors?: { severity: string; formattedMessage: string }[];
  contracts: Record<string, Record<string, Compiled>>;
}
interface Solc {
  compile: (input: string, options: { import: (file: string) => { contents: string } }) => string;
}

let output: Output | undefined;

/** With the project's solc, once in a process. */
function compiled(name: OfficialName): Compiled {
  output ??= compile();
  const contract = output.contracts[`${name}.sol`]?.[name];
  if (contract === undefined) throw new Error(`There is no ${name}.`);
  return contract;
}

function compile(): Output {
  const solc = createRequire(import.meta.url)("solc") as Solc;
  const sources = NAMES.map((name) => [`${name}.sol`, { content: readFileSync(`${VENDOR}/${name}.sol`, "utf8") }]);
  const input = {
    language: "Solidity",
    sources: Object.fromEntries(sources),
    settings: {
      evmVersion: "cancun",
      viaIR: true, // as that project does
      optimizer: { enabled: true, runs: 200 },
      outputSelection: { "*": { "*": ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"] } },
    },
  };
  const find = (file: string) => ({ contents: readFileSync(path.join(PACKAGES, file), "utf8") });
  const result = JSON.parse(solc.compile(JSON.stringify(input), { import: find })) as Output;
  const error = result.errors?.find(({ severity }) => severity === "error");
  if (error !== undefined) throw new Error(error.formattedMessage);
  return result;
}

export const officialAbi = (name: OfficialName): Interface => new Interface(compiled(name).abi);

/** A chain with an unlocked account, over EIP-1193. */
export interface Chain {
  request: (call: { method: string; params: unknown[] }) => Promise<unknown>;
}

async function send(chain: Chain, transaction: { to?: string; data: string }): Promise<string | null> {
  const [from] = (await chain.request({ method: "eth_accounts", params: [] })) as string[];
  const hash = await chain.request({ method: "eth_sendTransaction", params: [{ from, ...transaction }] });
  const receipt = await chain.request({ method: "eth_getTransactionReceipt", params: [hash] });
  const { contractAddress, status } = receipt as { contractAddress: string | null; status: string };
  if (status !== "0x1") throw new Error("It was reverted.");
  return contractAddress;
}

/** Deploys a contract from the first account. */
export async function deployContract(
  chain: Chain,
  { abi, bytecode }: { abi: InterfaceAbi; bytecode: string },
  args: readonly unknown[] = [],
): Promise<string> {
  const address = await send(chain, { data: `${bytecode}${new Interface(abi).encodeDeploy(args).slice(2)}` });
  if (address === null) throw new Error("It was not deployed.");
  return address;
}

function deploy(chain: Chain, name: OfficialName, args: readonly unknown[] = []): Promise<string> {
  const { abi, evm } = compiled(name);
  return deployContract(chain, { abi, bytecode: `0x${evm.bytecode.object}` }, args);
}

/** ERC-1967. */
const IMPLEMENTATION_SLOT = "0x360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc";
/** ERC-7201, `openzeppelin.storage.Ownable`. */
const OWNER_SLOT = "0x9016d09d72d40fdae2fd8ceac6b6234c7706214fd39c1cd1e609a0528c199300";

const word = (address: string) => `0x${address.slice(2).padStart(64, "0")}`;

/**
 * Behind its proxy, owned by the first account. The project first deploys a proxy of an empty contract that only sets the
 * owner, and upgrades it; here the owner is written into its place.
 */
async function behindProxy(chain: Chain, name: OfficialName, args: unknown[], fixed?: string): Promise<string> {
  const implementation = await deploy(chain, name);
  const call = officialAbi(name).encodeFunctionData("getVersion"); // a proxy may not begin with no call at all
  const proxy = fixed ?? (await deploy(chain, "ERC1967Proxy", [implementation, call]));
  if (fixed !== undefined) {
    // The same proxy, at an address to which only its deployer can deploy.
    const code = `0x${compiled("ERC1967Proxy").evm.deployedBytecode.object}`;
    await chain.request({ method: "hardhat_setCode", params: [proxy, code] });
    await chain.request({ method: "hardhat_setStorageAt", params: [proxy, IMPLEMENTATION_SLOT, word(implementation)] });
  }
  const [owner = ""] = (await chain.request({ method: "eth_accounts", params: [] })) as string[];
  await chain.request({ method: "hardhat_setStorageAt", params: [proxy, OWNER_SLOT, word(owner)] });
  await send(chain, { to: proxy, data: officialAbi(name).encodeFunctionData("initialize", args) });
  return proxy;
}

/** The official Identity Registry; at `fixed`, if that is given. */
export const deployOfficialIdentity = (chain: Chain, fixed?: string) =>
  behindProxy(chain, "IdentityRegistryUpgradeable", [], fixed);

/** The official Reputation Registry over a registry of identities. */
export const deployOfficialReputation = (chain: Chain, identities: string) =>
  behindProxy(chain, "ReputationRegistryUpgradeable", [identities]);

/** The official Validation Registry over a registry of identities. */
export const deployOfficialValidation = (chain: Chain, identities: string) =>
  behindProxy(chain, "ValidationRegistryUpgradeable", [identities]);
