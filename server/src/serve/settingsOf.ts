import { mkdir } from "node:fs/promises";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type ReplayStore, sqlReplayStore } from "@tenure/http-auth";
import { addressBook, getParameters, type RegistryAddresses } from "@tenure/sdk";
import pg from "pg";
import { type Account, type Chain, createClient, defineChain, fallback, http, type Transport, webSocket } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import type { LoadedConfig } from "../config/index.ts";
import type { ChainSettings, ServerSettings } from "./settings.ts";

type Config = LoadedConfig["config"];
type ChainConfig = Config["chains"][number];

/** What a configuration comes to, without what only a running server knows. */
export interface ConfiguredSettings extends Omit<ServerSettings, "publicUrl" | "version" | "onProblem" | "onDecision"> {
  /** Ends the connections that were opened for it, after the server. */
  readonly close: () => Promise<void>;
}

/**
 * Makes settings of a configuration. It asks the nodes what the registries were made with.
 *
 * @throws What a node that does not answer makes the SDK throw.
 */
export async function settingsOf(config: Config): Promise<ConfiguredSettings> {
  await mkdir(config.data, { recursive: true, mode: 0o700 });
  const chains = await Promise.all(config.chains.map(chainSettings));
  const { store, close } = await openNonces(config);
  const { anchor } = config.log;
  const anchored = config.chains.find(({ id }) => id === anchor?.chain);
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
        anchor && anchored
          ? {
              ...{ id: anchor.identity, everySeconds: anchor.everySeconds },
              client: clientOf(anchored, privateKeyToAccount(anchor.key as `0x${string}`)),
            }
          : undefined,
    },
    limits: {
      ...{ decisionCache, decisionSeconds },
      authzen: { evaluations, maxPageSize: pageSize },
      http: { maxPageSize: pageSize, streams: eventStreams },
    },
    pageKey: config.pageKey === undefined ? undefined : Buffer.from(config.pageKey, "hex"),
    close,
  };
}

/** Settings of one chain. It asks the node what the registries were made with. */
export async function chainSettings(config: ChainConfig): Promise<ChainSettings> {
  const client = clientOf(config, undefined);
  const addresses = (config.addresses ?? addressBook[config.id]) as RegistryAddresses | undefined;
  if (addresses === undefined) {
    throw new Error(`The SDK knows no registries on chain ${config.id}. Say \`addresses\` in the configuration.`);
  }
  const { origin, period } = await getParameters(client, { addresses });
  const { anchors, minAnchorStake, maxLag, freshBy, startBlock, pollSeconds } = config;
  return {
    ...{ client, addresses, periods: { origin, period }, anchors, minAnchorStake, maxLag, freshBy },
    fromBlock: startBlock === undefined ? undefined : BigInt(startBlock),
    pollingInterval: pollSeconds === undefined ? undefined : pollSeconds * 1_000,
  };
}

function clientOf<account extends Account | undefined>({ id, rpc }: ChainConfig, account: account) {
  const transports = rpc.map((url) => (url.startsWith("ws") ? webSocket(url) : http(url)));
  const chain: Chain = defineChain({
    ...{ id, name: `chain ${id}`, rpcUrls: { default: { http: [] } } },
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
  });
  const [first] = transports;
  const transport: Transport = transports.length === 1 && first !== undefined ? first : fallback(transports);
  return createClient({ chain, transport, account });
}

/** Where nonces are used up: where the index is, as all processes of a server have it. */
async function openNonces(config: Config): Promise<{ store: ReplayStore; close: () => Promise<void> }> {
  if (config.database !== undefined) {
    const pool = new pg.Pool({ connectionString: config.database.url, max: 4 });
    // A connection that idles when the database goes away. Whoever asks next is told.
    pool.on("error", () => {});
    return { store: sqlReplayStore(pool), close: () => pool.end() };
  }
  const file = new DatabaseSync(path.join(config.data, "nonces.sqlite"), { timeout: 5_000 });
  file.exec("pragma journal_mode = wal");
  return { store: sqlReplayStore(file), close: async () => file.close() };
}
