// The server's package, which is installed beside the command by whoever runs one.
import type * as Server from "@tenure/server";
import { RefusedError, UsageError } from "./errors/cliError.ts";

export type ServerPackage = typeof Server;

/** Node before this has no SQL database of its own. */
const [MAJOR, MINOR] = [22, 13];

/**
 * Loads the package.
 *
 * @throws {RefusedError} Node is too old for it, or it is not installed.
 */
export async function loadServer(): Promise<ServerPackage> {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < MAJOR || (major === MAJOR && minor < MINOR)) {
    throw new RefusedError(
      `Node ${process.versions.node} is too old for a server.`,
      `Run it with Node ${MAJOR}.${MINOR} or newer.`,
    );
  }
  try {
    return await import("@tenure/server");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_MODULE_NOT_FOUND") throw error;
    throw new RefusedError(
      "The package @tenure/server is not installed here.",
      "Install it beside the command: npm install @tenure/server",
    );
  }
}

/** Reads a configuration. Everything that is wrong in it is one mistake of usage. */
export async function loadConfigOf(server: ServerPackage, file: string) {
  try {
    return await server.loadConfig(file);
  } catch (error) {
    if (error instanceof server.ConfigError) throw new UsageError(error.message);
    throw error;
  }
}
