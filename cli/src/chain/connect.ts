import { isLocalChain, type RegistryAddresses, requireChain, requireRegistries } from "@tenure/sdk";
import {
  type Account,
  type Address,
  type Chain,
  type Client,
  createClient,
  defineChain,
  http,
  type Transport,
} from "viem";
import { UsageError } from "../errors/cliError.ts";
import { ofRun, surroundings } from "../surroundings.ts";
import { waiting } from "../view/progress.ts";
import { type AddressFile, addressesOn, readAddresses } from "./addresses.ts";

/** The chain that `npm start`, `hardhat node` and anvil run. */
export const LOCAL_RPC = "http://127.0.0.1:8545";

export type ReadClient = Client<Transport, Chain>;
export type WriteClient = Client<Transport, Chain, Account>;

/** What the options say about the chain. */
export type ChainOptions = { rpc?: string | undefined; chain?: number | undefined; addresses?: string | undefined };

/** The node's address. */
export function rpcUrl(rpc: string | undefined): string {
  const url = rpc ?? (surroundings().env.TENURE_RPC || LOCAL_RPC);
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    throw new UsageError(
      `${rpc === undefined ? "TENURE_RPC" : "--rpc"} is not the address of a node.`,
      "It starts with http:// or https://.",
    );
  }
  return url;
}

/** The node's address as it may be shown: paths, queries and users hold secrets. */
export function shownUrl(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : "the address given";
}

/** A text in which the node's address is as it may be shown. `shown` is that address. */
export function withoutSecrets(text: string, shown: string): string {
  return text.replace(/\bhttps?:\/\/[^\s'"`<>]+/gi, (url) =>
    shownUrl(url) === shown && url !== shown ? `${shown}/…` : url,
  );
}

/** A client of the chain that the node runs, which must be the chain asked for. */
export async function connectChain({ rpc, chain: wanted }: ChainOptions): Promise<ReadClient> {
  const url = rpcUrl(rpc);
  const chainId = await waiting("Connecting", requireChain(createClient({ transport: transportTo(url) }), wanted));
  return clientOn(chainId, url);
}

/** What a file says of where the registries are. One that is wrong is told of before the node is asked anything. */
function recordOf({ addresses }: ChainOptions): AddressFile | undefined {
  const file = addresses ?? (surroundings().env.TENURE_ADDRESSES || undefined);
  return file === undefined ? undefined : readAddresses(file);
}

/** A client of a chain that knows where its registries would be. Whether they are there, whoever needs one looks. */
export async function connectPlaces(options: ChainOptions, delegationRegistry?: Address): Promise<ReadClient> {
  const record = recordOf(options);
  const { chain } = await connectChain(options);
  const addresses = addressesOn(chain.id, record);
  return clientOn(chain.id, rpcUrl(options.rpc), { ...addresses, ...(delegationRegistry && { delegationRegistry }) });
}

/** A client of a chain on which the registries are. */
export async function connectRegistries(options: ChainOptions): Promise<ReadClient> {
  const record = recordOf(options);
  const bare = await connectChain(options);
  const addresses = addressesOn(bare.chain.id, record);
  await waiting("Connecting", requireRegistries(bare, { addresses }));
  const client = clientOn(bare.chain.id, rpcUrl(options.rpc), addresses);
  connected().client = client;
  return client;
}

const connected = ofRun(() => ({ client: undefined as ReadClient | undefined }));

/** The chain on which registries were found: who tells of an error may ask it how they count. */
export function connectedChain(): ReadClient | undefined {
  return connected().client;
}

/** The same client, with an account. */
export function withAccount({ chain, pollingInterval }: ReadClient, account: Account): WriteClient {
  return createClient({ account, chain, pollingInterval, transport: transportTo(chain.rpcUrls.default.http[0] ?? "") });
}

function transportTo(url: string) {
  return http(url, { retryCount: 1, timeout: 30_000 });
}

function clientOn(chainId: number, url: string, addresses?: RegistryAddresses): ReadClient {
  const chain = defineChain({
    id: chainId,
    name: `Chain ${chainId}`,
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [url] } },
    ...(addresses && { contracts: contractsOf(addresses) }),
  });
  return createClient({ chain, transport: transportTo(url), pollingInterval: isLocalChain(chainId) ? 100 : 1_000 });
}

function contractsOf({
  identityRegistry,
  vouchRegistry,
  registryLens,
  agentLinks,
  delegationRegistry,
}: RegistryAddresses) {
  return {
    tenureIdentityRegistry: { address: identityRegistry },
    tenureVouchRegistry: { address: vouchRegistry },
    ...(registryLens && { tenureRegistryLens: { address: registryLens } }),
    ...(agentLinks && { tenureAgentLinks: { address: agentLinks } }),
    ...(delegationRegistry && { tenureDelegationRegistry: { address: delegationRegistry } }),
  };
}
