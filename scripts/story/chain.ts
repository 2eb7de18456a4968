import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { whyUnusable } from "../../cli/src/chain/ports.ts";

const HOST = "127.0.0.1";

/** The chain cannot be started, in one sentence. */
export class PortError extends Error {
  override name = "PortError";
}

/** A local chain in this process. */
export interface LocalChain {
  url: string;
  close: () => Promise<void>;
}

/** Starts a fresh Hardhat chain that listens on 127.0.0.1 and nowhere else. */
export async function startChain(hre: HardhatRuntimeEnvironment, port: number): Promise<LocalChain> {
  await requireFreePort(port);
  const server = await hre.network.createServer("default", HOST, port);
  const address = await server.listen();
  return { url: `http://${HOST}:${address.port}`, close: () => server.close() };
}

/** Hardhat's server does not report why it cannot listen, and ends the process; so somebody tries before it. */
async function requireFreePort(port: number): Promise<void> {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new PortError(`${port} is not a port.`);
  const reason = await whyUnusable(HOST, port);
  const other = port < 65_535 ? port + 1 : port - 1;
  if (reason !== undefined) {
    throw new PortError(`${reason}; stop what runs there, or choose another: npm start -- --port ${other}`);
  }
}
