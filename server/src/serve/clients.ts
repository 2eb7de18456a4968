import {
  type Account,
  type Chain,
  type Client,
  createClient,
  defineChain,
  fallback,
  http,
  type Transport,
  webSocket,
} from "viem";
import type { LoadedConfig } from "../config/index.ts";

type ChainConfig = LoadedConfig["config"]["chains"][number];

/** Makes clients of nodes, and ends what they opened. */
export interface Clients {
  /** A client that reads. */
  readonly reader: (chain: ChainConfig) => Client<Transport, Chain>;
  /** A client that writes, as an account. */
  readonly writer: (chain: ChainConfig, account: Account) => Client<Transport, Chain, Account>;
  /** Closes the WebSockets. Whoever asks a node after that opens them again. */
  readonly close: () => void;
}

/** Clients of configured chains. Of a WebSocket it is known whether anybody used it, as asking viem for it opens one. */
export function openClients(): Clients {
  const used = new Set<() => Promise<{ close: () => void }>>();
  const socket =
    (url: string): Transport =>
    (options) => {
      const made = webSocket(url)(options);
      const request: typeof made.request = (...args) => {
        if (made.value !== undefined) used.add(made.value.getRpcClient);
        return made.request(...args);
      };
      return { ...made, request };
    };
  const partsOf = ({ id, rpc }: ChainConfig) => {
    const transports = rpc.map((url) => (url.startsWith("ws") ? socket(url) : http(url)));
    const chain: Chain = defineChain({
      ...{ id, name: `chain ${id}`, rpcUrls: { default: { http: [] } } },
      nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    });
    const [first] = transports;
    const transport: Transport = transports.length === 1 && first !== undefined ? first : fallback(transports);
    return { chain, transport };
  };
  return {
    reader: (chain) => createClient(partsOf(chain)),
    writer: (chain, account) => createClient({ ...partsOf(chain), account }),
    close: () => {
      for (const socketOf of used) {
        // A node that is away has none to close.
        socketOf().then(
          (rpc) => rpc.close(),
          () => {},
        );
      }
      used.clear();
    },
  };
}
