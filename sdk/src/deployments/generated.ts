// Generated from the compiled contracts by `npm run generate`; do not edit.
import type { RegistryAddresses } from "./types.ts";

/** Where the registries are on every public chain: the deterministic deployment with `productionParameters`. */
export const productionAddresses: RegistryAddresses = {
  registrationRenderer: "0xB1C696b24C739215a859B06c45a0d7dA3889BC2F",
  identityRegistry: "0xC37c4cEDAf571c637c68EAE059D58d91E3d5e9Ee",
  vouchRegistry: "0xf789D5D6B8bba59A17cD5d1959B4E60D8FC4134E",
  registryLens: "0x205a0970eC071d3148026eefF33E6d6e4eEfbBB8",
  agentLinks: "0x03DF10dAEEA10D6315acD1077009a6370696013A",
};

/** Where the registries are on a test network: the deterministic deployment with `shortParameters`. */
export const shortAddresses: RegistryAddresses = {
  registrationRenderer: "0xB1C696b24C739215a859B06c45a0d7dA3889BC2F",
  identityRegistry: "0xAF5537d5c7B39D1da031ac2856Fd948d0F99898A",
  vouchRegistry: "0x418Ec4E2EeEC7ef69fbFF2A4A67D9427468f4705",
  registryLens: "0xeb0f4D595Cd13aBB062dCF8c6831D089D600E474",
  agentLinks: "0x8f87fBe2659B34C1BFE3350f2855901fE66aC979",
};

/** Deployments that were recorded, by chain id. */
export const recordedAddresses: Readonly<Record<number, RegistryAddresses>> = {};
