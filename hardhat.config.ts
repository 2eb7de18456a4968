import { createRequire } from "node:module";
import path from "node:path";
import hardhatToolbox from "@nomicfoundation/hardhat-toolbox-mocha-ethers";
import hardhatViem from "@nomicfoundation/hardhat-viem";
import { configVariable, defineConfig, overrideTask, task } from "hardhat/config";
import { ArgumentType } from "hardhat/types/arguments";
import allCores from "./scripts/all-cores.ts";
import { isQuick } from "./scripts/lib/quick.ts";
import strictWarnings from "./scripts/strict-warnings.ts";

const require = createRequire(import.meta.url);

/**
 * The compiler of what is deployed, in every build profile: contracts are deployed with CREATE2, so their addresses
 * depend on each of these settings.
 *
 * - `viaIR` for gas: it saves a vouch 3,000 and a revocation 1,700.
 * - `runs` for calls, not for size: the registries are deployed once, below the limit of EIP-170.
 * - `evmVersion` is the oldest that OpenZeppelin's code needs (MCOPY), so that the same bytecode runs on most chains.
 * - `bytecodeHash: "none"`, so that a changed comment does not change an address.
 */
const compiler = {
  version: "0.8.37",
  path: require.resolve("solc/soljson.js"),
  settings: {
    evmVersion: "cancun",
    viaIR: true,
    optimizer: { enabled: true, runs: 1_000_000 },
    metadata: { bytecodeHash: "none" },
    outputSelection: { "*": { "*": ["storageLayout"] } },
  },
};

/**
 * The registry of identities has 54 functions. The IR pipeline compares their selectors one after the other, 22 gas
 * each, the older one by bisection: that saves a check-in 540. It fits either way; beyond 20,000 `runs` the older one
 * only writes constants out, which takes 1,500 bytes and saves a check-in 12 gas.
 */
const identityCompiler = {
  ...compiler,
  settings: { ...compiler.settings, viaIR: false, optimizer: { enabled: true, runs: 20_000 } },
};

/** What is deployed nowhere, tests and mocks, neither needs the optimizer nor waits for it: a tenth of the time. */
const testCompiler = {
  ...compiler,
  settings: { ...compiler.settings, viaIR: false, optimizer: { enabled: false } },
};

/**
 * What is deployed, and what is measured beside it. Each has a compiler of its own, and so a compilation of its own: what
 * the IR pipeline makes of a file may depend on the files compiled along with it.
 */
const overrides = {
  "contracts/IdentityRegistry.sol": identityCompiler,
  ...Object.fromEntries(
    [
      "contracts/AgentLinks.sol",
      "contracts/DelegationRegistry.sol",
      "contracts/RegistryLens.sol",
      "contracts/VouchRegistry.sol",
      "contracts/examples/GatedBoard.sol",
      "contracts/examples/TransferableAgents.sol",
      "contracts/periphery/RegistrationRenderer.sol",
      "test/solidity/mocks/CallProbe.sol",
      "test/solidity/mocks/Farm.sol",
      "test/solidity/mocks/GasProbe.sol",
      "test/solidity/mocks/Neighbourhood.sol",
      "test/solidity/mocks/VouchGateHarness.sol",
    ].map((file) => [file, { ...compiler }]),
  ),
};

const story = task("story", "Starts a local chain, plays the story of a few agents on it, and keeps it up")
  .addFlag({ name: "once", description: "End after the story" })
  // A text, because Hardhat refuses what is no number with a page of its own.
  .addOption({ name: "port", description: "Port on 127.0.0.1", type: ArgumentType.STRING, defaultValue: "8545" })
  .setAction(() => import("./scripts/story.ts"))
  .build();

const solidityTests = overrideTask(["test", "solidity"])
  .setAction(() => import("./scripts/test-report/solidity.ts"))
  .build();

const mochaTests = overrideTask(["test", "mocha"])
  .setAction(() => import("./scripts/test-files.ts"))
  .build();

const seed = "0x74656e757265"; // "tenure"
const testProfiles = {
  default: {
    fuzz: { runs: 256, seed },
    invariant: { runs: 4, depth: 256, failOnRevert: true },
  },
  deep: {
    fuzz: { runs: 5_000, seed },
    invariant: { runs: 24, depth: 512, failOnRevert: true },
  },
};
// Hardhat 3.17 runs the profile "default" only; npm run test:deep chooses the other one here.
const testProfile = testProfiles[process.env.TENURE_TEST_PROFILE === "deep" ? "deep" : "default"];

export default defineConfig({
  plugins: [hardhatToolbox, hardhatViem, allCores, strictWarnings],
  tasks: [story, solidityTests, mochaTests],
  solidity: {
    // Otherwise a Mocha test waits for the Solidity tests to be compiled, too.
    splitTestsCompilation: isQuick,
    profiles: {
      default: { compilers: [testCompiler], overrides: isQuick ? {} : overrides },
      production: { compilers: [testCompiler], overrides },
    },
  },
  paths: {
    tests: { mocha: "test", solidity: "test/solidity" },
    ...(isQuick && {
      sources: ["contracts", "test/solidity/mocks"],
      cache: "cache/quick",
      artifacts: "cache/quick/artifacts",
    }),
  },
  typechain: { dontOverrideCompile: isQuick },
  coverage: { skipFiles: ["test/**", "contracts/testing/**"] },
  networks: {
    default: { type: "edr-simulated", chainType: "l1", allowUnlimitedContractSize: isQuick },
    op: { type: "edr-simulated", chainType: "op", allowUnlimitedContractSize: isQuick },
    // TENURE_LOCAL_URL goes with `npm start -- --port`.
    localhost: { type: "http", chainType: "l1", url: process.env.TENURE_LOCAL_URL || "http://127.0.0.1:8545" },
    sepolia: {
      type: "http",
      chainType: "l1",
      chainId: 11_155_111,
      url: configVariable("SEPOLIA_RPC_URL"),
      accounts: [configVariable("SEPOLIA_PRIVATE_KEY")],
    },
    baseSepolia: {
      type: "http",
      chainType: "op",
      chainId: 84_532,
      url: configVariable("BASE_SEPOLIA_RPC_URL"),
      accounts: [configVariable("BASE_SEPOLIA_PRIVATE_KEY")],
    },
  },
  test: {
    mocha: {
      timeout: 120_000,
      forbidOnly: Boolean(process.env.CI),
      // Nodes, sockets and terminals are real here, and CI's machines busy. The report names what was tried again.
      retries: process.env.CI ? 1 : 0,
      reporter: path.join(import.meta.dirname, "scripts/test-report/mocha.cjs"),
    },
    solidity: {
      profiles: { default: testProfile },
    },
  },
});
