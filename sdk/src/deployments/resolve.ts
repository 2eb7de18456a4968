import type { Address, Chain, ChainContract } from "viem";
import { addressOf } from "../check/arguments.ts";
import { ChainRequiredError, DeploymentNotFoundError } from "../errors/arguments.ts";
import type { AnyClient } from "../types/client.ts";
import type { RegistryAddresses } from "../types/deployment.ts";
import type { CalledContract } from "../types/registry.ts";
import { addressBook } from "./addressBook.ts";

/**
 * The names under which addresses may sit in `chain.contracts`, the contracts' own, and the registry that a contract reads:
 * the chain's or the book's contract counts only where that registry is the chain's or the book's too.
 */
const names = {
  identityRegistry: { chainContract: "tenureIdentityRegistry", contract: "IdentityRegistry", beside: undefined },
  vouchRegistry: { chainContract: "tenureVouchRegistry", contract: "VouchRegistry", beside: undefined },
  registryLens: { chainContract: "tenureRegistryLens", contract: "RegistryLens", beside: "vouchRegistry" },
  agentLinks: { chainContract: "tenureAgentLinks", contract: "AgentLinks", beside: "identityRegistry" },
  delegationRegistry: { chainContract: "tenureDelegationRegistry", contract: "DelegationRegistry", beside: undefined },
} as const;

/**
 * Where a client finds a registry: in the addresses given, else in `chain.contracts` (`tenureIdentityRegistry`,
 * `tenureVouchRegistry`, `tenureAgentLinks`, `tenureDelegationRegistry`), else in the address book. Links are those of one
 * registry of identities, so the chain's and the book's `AgentLinks` counts only beside theirs.
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
  registry: CalledContract,
  addresses: Partial<RegistryAddresses> = {},
): Address {
  const address = find(client, registry, addresses);
  if (address !== undefined) return address;
  const { chain } = client;
  if (chain === undefined) throw new ChainRequiredError();
  throw new DeploymentNotFoundError({ chainId: chain.id, contract: names[registry].contract });
}

/**
 * Where a client finds links, as `getRegistryAddress` does.
 *
 * @param client - The client.
 * @param addresses - Addresses that go before all others.
 * @returns The address; undefined where none is known.
 *
 * @example
 * const agentLinks = getLinksAddress(client);
 */
export function getLinksAddress(client: AnyClient, addresses: Partial<RegistryAddresses> = {}): Address | undefined {
  return find(client, "agentLinks", addresses);
}

/**
 * Where a client finds the registry of revocations, as `getRegistryAddress` does.
 *
 * @param client - The client.
 * @param addresses - Addresses that go before all others.
 * @returns The address; undefined where none is known.
 *
 * @example
 * const delegationRegistry = getDelegationAddress(client);
 */
export function getDelegationAddress(
  client: AnyClient,
  addresses: Partial<RegistryAddresses> = {},
): Address | undefined {
  return find(client, "delegationRegistry", addresses);
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
  return find(client, "registryLens", addresses);
}

function find(client: AnyClient, name: keyof typeof names, addresses: Partial<RegistryAddresses>): Address | undefined {
  const given = addresses[name];
  if (given !== undefined) return addressOf(given);
  const { chain } = client;
  const { chainContract, beside } = names[name];
  const ofChain = contractOf(chain, chainContract);
  const known = chain && addressBook[chain.id];
  const ofBook = known?.[name];
  if (beside === undefined) {
    const address = ofChain ?? ofBook;
    return address && addressOf(address);
  }
  const wanted = getRegistryAddress(client, beside, addresses);
  const chainRegistry = contractOf(chain, names[beside].chainContract) ?? known?.[beside];
  if (ofChain && chainRegistry && addressOf(chainRegistry) === wanted) return addressOf(ofChain);
  return known?.[beside] === wanted ? ofBook : undefined;
}

function contractOf(chain: Chain | undefined, name: string): Address | undefined {
  const contract = chain?.contracts?.[name];
  return contract !== undefined && "address" in contract ? (contract as ChainContract).address : undefined;
}
