import { availableParallelism } from "node:os";
import type { HardhatPlugin } from "hardhat/types/plugins";

/** Hardhat leaves one core idle while it compiles; where there are two, that is half of them. */
const allCores: HardhatPlugin = {
  id: "all-cores",
  hookHandlers: {
    solidity: async () => ({
      default: async () => ({
        build: (context, files, options, next) =>
          next(context, files, { concurrency: availableParallelism(), ...options }),
      }),
    }),
  },
};

export default allCores;
