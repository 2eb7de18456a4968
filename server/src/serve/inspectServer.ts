import path from "node:path";
import type { LoadedConfig } from "../config/index.ts";
import { openDatabase } from "../database/index.ts";
import { indexMigrations, type Verification, verifyIndex } from "../index/index.ts";
import {
  type LineProof,
  type LogReader,
  openFileReader,
  openSqlStore,
  proveDecision,
  readAnchors,
  type VerifiedLog,
  verifyLog,
} from "../log/index.ts";
import { type Clients, openClients } from "./clients.ts";
import { chainSettings } from "./settingsOf.ts";

type Config = LoadedConfig["config"];

/**
 * Reads the whole log of decisions of a configuration, while a server writes it or not, and holds it against the roots that its
 * anchors put on the chain, where there are any.
 */
export async function verifyServerLog({ config }: LoadedConfig): Promise<VerifiedLog> {
  const { anchor } = config.log;
  const chain = config.chains.find(({ id }) => id === anchor?.chain);
  const known = async () => {
    if (anchor === undefined || chain === undefined) return [];
    return withClients((clients) => {
      const { client, addresses, fromBlock } = chainSettings(chain, clients);
      return readAnchors(client, { id: anchor.identity, addresses, fromBlock });
    });
  };
  const roots = await known();
  return withLog(config, (reader) => verifyLog(reader, roots));
}

/** Proves that a decision is in the log of a configuration. @throws {LogPlaceError} It is not. */
export function proveServerDecision({ config }: LoadedConfig, id: string): Promise<LineProof> {
  return withLog(config, (reader) => proveDecision(reader, id));
}

/** What a comparison of one chain came to. */
export interface VerifiedChain extends Verification {
  readonly chainId: number;
}

/**
 * Compares the words of the index of a configuration with what the chains store, at a block each.
 *
 * @param sample How many identities of each chain, drawn by lot; all where left out.
 * @throws {FolderInUseError} A server uses the data folder: stop it first, or keep the index in Postgres.
 */
export async function verifyServerIndex({ config }: LoadedConfig, sample?: number): Promise<VerifiedChain[]> {
  const database = await openDatabase(databaseOf(config));
  try {
    await database.migrate(indexMigrations);
    return await withClients(async (clients) => {
      const found: VerifiedChain[] = [];
      for (const chain of config.chains) {
        const { client, addresses } = chainSettings(chain, clients);
        const { identityRegistry, vouchRegistry } = addresses;
        const name = { chainId: chain.id, identityRegistry, vouchRegistry };
        found.push({ chainId: chain.id, ...(await verifyIndex({ database, name, client, sample })) });
      }
      return found;
    });
  } finally {
    await database.close();
  }
}

async function withClients<result>(work: (clients: Clients) => Promise<result>): Promise<result> {
  const clients = openClients();
  try {
    return await work(clients);
  } finally {
    clients.close();
  }
}

async function withLog<result>(config: Config, work: (reader: LogReader) => Promise<result>): Promise<result> {
  if (config.database === undefined) return work(await openFileReader(path.join(config.data, "log")));
  const database = await openDatabase(databaseOf(config));
  try {
    return await work(await openSqlStore({ database }));
  } finally {
    await database.close();
  }
}

function databaseOf({ data, database }: Config) {
  return database === undefined ? { folder: data } : { url: database.url, connections: 2 };
}
