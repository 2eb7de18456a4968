import { defineConfig } from "hardhat/config";
import config from "../../hardhat.config.ts";
import { promptNode } from "./promptNode.ts";

/** The project's, with the chains on which `npm run test:chains` runs the tests of the contracts. */
export default defineConfig({
  ...config,
  plugins: [...(config.plugins ?? []), promptNode],
  networks: {
    ...config.networks,
    cancun: { type: "edr-simulated", chainType: "l1", hardfork: "cancun" },
    osaka: { type: "edr-simulated", chainType: "l1", hardfork: "osaka" },
    ecotone: { type: "edr-simulated", chainType: "op", hardfork: "ecotone" },
    isthmus: { type: "edr-simulated", chainType: "op", hardfork: "isthmus" },
    // As Hardhat's own: no estimate, which would refuse what the tests want to see refused by the contract.
    anvil: {
      type: "http",
      chainType: "l1",
      url: process.env.TENURE_ANVIL_URL || "http://127.0.0.1:8545",
      gas: 16_000_000n,
    },
  },
});
