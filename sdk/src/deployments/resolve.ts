import type { Address, Chain, ChainContract, Client, Transport } from "viem";
import type { Account } from "viem/accounts";
import { ChainRequiredError, DeploymentNotFoundError } from "../errors/arguments.ts";
import { addressOf } from "../internal/validate.ts";
import { addressBook } from "./addressBook.ts";
import type { RegistryAddresses } from "./types.ts";

type AnyClient = Client<Transport, Chain | undefined, Account | undefined>;

/** The names under which addresses may sit in `chain.contracts`, and the contracts' own. */
const names = {
  identityRegistry: { chainContract: "tenureIdentityRegistry", contract: "IdentityRegistry" },
  vouchRegistry: { chainContract: "tenureVouchRegistry", contract: "VouchRegistry" },
} as const;

/**
 * Where a client finds a registry: in the addresses given, else in `chain.contracts` (`tenureIdentityRegistry`,
 * `tenureVouchRegistry`), else in the address book.
 *
 * @param client - The client.
 * @param registry - Which registry.
 * @param addresses - Addresses that go before all others.
 * @returns The address.
 * @throws {ChainRequiredError} The client has no chain.
 * @throws {DeploymentNotFoundError} Nothing is known of this chain.
 *
 * @example
 * const address = getRegistryAddress(client, "identityRegistry");
 */
export function getRegistryAddress(
  client: AnyClient,
  registry: "identityRegistry" | "vouchRegistry",
  addresses: Partial<RegistryAddresses> = {},
): Address {
  const { chain } = client;
  const { chainContract, contract } = names[registry];
  const address =
    addresses[registry] ?? contractOf(chain, chainContract) ?? (chain && addressBook[chain.id]?.[registry]);
  if (address !== undefined) return addressOf(address);
  if (chain === undefined) throw new ChainRequiredError();
  throw new DeploymentNotFoundError({ chainId: chain.id, contract });
}

/**
 * Where a client finds the lens: in the addresses given, else in `chain.contracts` (`tenureRegistryLens`), else in the
 * address book. A lens reads one registry of vouches, so the chain's and the book's count only beside theirs.
 *
 * @param client - The client.
 * @param addresses - Addresses that go before all others.
 * @returns The address; undefined where no lens is known, which hinders nothing.
 *
 * @example
 * const lens = getLensAddress(client);
 */
export function getLensAddress(client: AnyClient, addresses: Partial<RegistryAddresses> = {}): Address | undefined {
  if (addresses.registryLens !== undefined) return addressOf(addresses.registryLens);
  const { chain } = client;
  const known = chain && addressBook[chain.id];
  const vouchRegistry = getRegistryAddress(client, "vouchRegistry", addresses);
  const ofChain = contractOf(chain, "tenureRegistryLens");
  const chainRegistry = contractOf(chain, "tenureVouchRegistry") ?? known?.vouchRegistry;
  if (ofChain && chainRegistry && addressOf(chainRegistry) === vouchRegistry) return addressOf(ofChain);
  return known?.vouchRegistry === vouchRegistry ? known.registryLens : undefined;
}

function contractOf(chain: Chain | undefined, name: string): Address | undefined {
  const contract = chain?.contracts?.[name];
  return contract !== undefined && "address" in contract ? (contract as ChainContract).address : undefined;
}
