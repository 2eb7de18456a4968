import { isAnvilInstalled, startAnvil } from "./anvil.ts";
import { startChain } from "./localChain.ts";

/** The nodes that the SDK is tried on. `start` starts a fresh one, on a free port where none is asked for. */
export const nodes = [
  { node: "Hardhat's node", isInstalled: () => true, start: startChain },
  { node: "anvil", isInstalled: isAnvilInstalled, start: startAnvil },
] as const;
