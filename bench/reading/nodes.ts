import { network } from "hardhat";
import { isAnvilInstalled, startAnvil } from "../../sdk/test/utils/anvil.ts";

/** The nodes that are measured; anvil where it is installed. Of one that is not, the committed table stays. */
export const nodes = [
  { node: "Hardhat's node", isInstalled: () => true, start: startHardhat },
  { node: "anvil", isInstalled: isAnvilInstalled, start: startAnvil },
] as const;

async function startHardhat(): Promise<{ url: string; close: () => Promise<void> }> {
  const server = await network.createServer("default", "127.0.0.1", 0);
  const { port } = await server.listen();
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
