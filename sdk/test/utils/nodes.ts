import { isAnvilInstalled, startAnvil } from "./anvil.ts";
import { startChain } from "./localChain.ts";

/** The nodes that the SDK is tried on. `start` starts a fresh one, on a free port where none is asked for. */
export const nodes = [
  { node: "Hardhat's node", isInstalled: () => true, start: startChain },
  { node: "anvil", isInstalled: isAnvilInstalled, start: startAnvil },
] as const;

/** A suite for each node; where one is not installed, what is left out is said. */
export function onEachNode(title: string, suite: (start: typeof startChain) => void): void {
  for (const { node, isInstalled, start } of nodes) {
    describe(`${title} on ${node}`, () => {
      if (isInstalled()) suite(start);
      else it("needs `npm run anvil:install`");
    });
  }
}
