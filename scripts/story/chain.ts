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
export async function startChain(hre: HardhatRuntimeEnvironment, wanted: string): Promise<LocalChain> {
  const port = portOf(wanted);
  await requireFreePort(port);
  const server = await hre.network.createServer("default", HOST, port);
  const address = await server.listen();
  return { url: `http://${HOST}:${address.port}`, close: () => server.close() };
}

/** The port that was typed; 0 is whichever is free. */
function portOf(text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new PortError(
    `"${text.slice(0, 48)}" is not a port: those are whole numbers from 0, which is any that is free, to 65535.`,
  );
}

/** Hardhat's server does not report why it cannot listen, and ends the process; so somebody tries before it. */
async function requireFreePort(port: number): Promise<void> {
  const reason = await whyUnusable(HOST, port);
  const other = port < 65_535 ? port + 1 : port - 1;
  if (reason !== undefined) {
    throw new PortError(`${reason}; stop what runs there, or choose another: npm start -- --port ${other}`);
  }
}
