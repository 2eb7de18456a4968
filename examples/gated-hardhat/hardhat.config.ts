import { createRequire } from "node:module";
import hardhatEthers from "@nomicfoundation/hardhat-ethers";
import networkHelpers from "@nomicfoundation/hardhat-network-helpers";
import testRunner from "@nomicfoundation/hardhat-node-test-runner";
import hardhatViem from "@nomicfoundation/hardhat-viem";
import { defineConfig } from "hardhat/config";

// You need one of viem and ethers; both are here to show both.
export default defineConfig({
  plugins: [hardhatViem, hardhatEthers, networkHelpers, testRunner],
  // The compiler comes from npm, like everything else. `solidity: "0.8.37"` would download it.
  solidity: { version: "0.8.37", path: createRequire(import.meta.url).resolve("solc/soljson.js") },
});
