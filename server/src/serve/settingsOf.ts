import { mkdir } from "node:fs/promises";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type ReplayStore, sqlReplayStore } from "@tenure/http-auth";
import { addressBook, type RegistryAddresses } from "@tenure/sdk";
import pg from "pg";
import { privateKeyToAccount } from "viem/accounts";
import type { LoadedConfig } from "../config/index.ts";
import { type Clients, openClients } from "./clients.ts";
import type { ChainSettings, ServerSettings } from "./settings.ts";

type Config = LoadedConfig["config"];
type ChainConfig = Config["chains"][number];

/** What a configuration comes to, without what only a running server knows. */
export interface ConfiguredSettings extends Omit<ServerSettings, "publicUrl" | "version" | "onProblem" | "onDecision"> {
  /** Ends the connections that were opened for it, after the server. */
  readonly close: () => Promise<void>;
}

/**
 * Makes settings of a configuration. No node is asked for it.
 *
 * @throws What a folder that cannot be made, or a database of nonces that cannot be opened throws; nothing is left open then.
 */
export async function settingsOf(config: Config): Promise<ConfiguredSettings> {
  const clients = openClients();
  const chains = config.chains.map((chain) => chainSettings(chain, clients));
  const { anchor } = config.log;
  const anchored = config.chains.find(({ id }) => id === anchor?.chain);
  const account = anchor && privateKeyToAccount(anchor.key as `0x${string}`);
  // Last, as it has to be closed.
  await mkdir(config.data, { recursive: true, mode: 0o700 });
  const { store, close } = openNonces(config);
  const { evaluations, pageSize, eventStreams, decisionCache, decisionSeconds } = config.limits;
  return {
    database:
      config.database === undefined
        ? { folder: config.data }
        : { url: config.database.url, connections: config.database.connections },
    chains,
    policies: { ...config.policies, tenants: config.tenants },
    enforcementPoints: config.enforcementPoints.map(({ tokenSha256, ...point }) => ({
      ...point,
      tokenHashes: tokenSha256,
    })),
    operatorTokens: config.operators.map(({ tokenSha256 }) => tokenSha256),
    requests:
      config.requests.origins.length === 0
        ? undefined
        : {
            ...{ origins: config.requests.origins, replay: store, delegation: config.requests.delegation },
            policy: { maxValidity: config.requests.maxValidity },
          },
    log: {
      folder: config.database === undefined ? path.join(config.data, "log") : undefined,
      anchor:
        anchor && anchored && account
          ? {
              ...{ id: anchor.identity, everySeconds: anchor.everySeconds },
              client: clients.writer(anchored, account),
            }
          : undefined,
    },
    limits: {
      ...{ decisionCache, decisionSeconds },
      authzen: { evaluations, maxPageSize: pageSize },
      http: { maxPageSize: pageSize, streams: eventStreams },
    },
    pageKey: config.pageKey === undefined ? undefined : Buffer.from(config.pageKey, "hex"),
    close: async () => {
      clients.close();
      await close();
    },
  };
}

/** Settings of one chain. */
export function chainSettings(config: ChainConfig, clients: Clients): ChainSettings {
  const addresses = (config.addresses ?? addressBook[config.id]) as RegistryAddresses | undefined;
  if (addresses === undefined) {
    throw new Error(`The SDK knows no registries on chain ${config.id}. Say \`addresses\` in the configuration.`);
  }
  const { anchors, minAnchorStake, maxLag, freshBy, startBlock, pollSeconds } = config;
  return {
    ...{ client: clients.reader(config), addresses, anchors, minAnchorStake, maxLag, freshBy },
    fromBlock: startBlock === undefined ? undefined : BigInt(startBlock),
    pollingInterval: pollSeconds === undefined ? undefined : pollSeconds * 1_000,
  };
}

/** Where nonces are used up: where the index is, as all processes of a server have it. */
function openNonces(config: Config): { store: ReplayStore; close: () => Promise<void> } {
  if (config.database !== undefined) {
    const pool = new pg.Pool({ connectionString: config.database.url, max: 4 });
    // A connection that idles when the database goes away. Whoever asks next is told.
    pool.on("error", () => {});
    return { store: sqlReplayStore(pool), close: () => pool.end() };
  }
  const file = new DatabaseSync(path.join(config.data, "nonces.sqlite"), { timeout: 5_000 });
  try {
    file.exec("pragma journal_mode = wal");
    return { store: sqlReplayStore(file), close: async () => file.close() };
  } catch (error) {
    file.close();
    throw error;
  }
}
