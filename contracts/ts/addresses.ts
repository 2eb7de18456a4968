import { deployments } from "./generated/deployments.ts";

/** The contracts of one deployment. */
export type ContractName = keyof typeof deployments.production.contracts;

/** Where the contracts of one deployment are. */
export type TenureAddresses = Readonly<Record<ContractName, `0x${string}`>>;

/** Where the contracts are on every public chain, and where `deployTenure` puts them in tests. */
export const productionAddresses: TenureAddresses = addressesOf(deployments.production);

/** Where the contracts are with short units, every day a minute: `tenure node`, and `deployTenure` where one asks for it. */
export const shortAddresses: TenureAddresses = addressesOf(deployments.short);

type Deployment = { readonly contracts: Readonly<Record<ContractName, { readonly address: `0x${string}` }>> };

function addressesOf({ contracts }: Deployment): TenureAddresses {
  const { registrationRenderer, identityRegistry, vouchRegistry, registryLens, agentLinks, delegationRegistry } =
    contracts;
  return {
    registrationRenderer: registrationRenderer.address,
    identityRegistry: identityRegistry.address,
    vouchRegistry: vouchRegistry.address,
    registryLens: registryLens.address,
    agentLinks: agentLinks.address,
    delegationRegistry: delegationRegistry.address,
  };
}
