// Generated from the compiled contracts by `npm run generate`; do not edit.
import type { RegistryAddresses } from "./types.ts";

/** Where the registries are on every public chain: the deterministic deployment with `productionParameters`. */
export const productionAddresses: RegistryAddresses = {
  registrationRenderer: "0xB1C696b24C739215a859B06c45a0d7dA3889BC2F",
  identityRegistry: "0x15A9cfa1aD1B5e27aB6e271C2A6eED9625786475",
  vouchRegistry: "0xec055EF07989BD5bAF433F40EDcB41decb56569b",
  registryLens: "0xEF88DbBf51a717c4bC314f4552aaB6A1b28c9840",
  agentLinks: "0xc40dDeEaf358e0122a0489DE721a2d450a867Bd6",
};

/** Where the registries are on a test network: the deterministic deployment with `shortParameters`. */
export const shortAddresses: RegistryAddresses = {
  registrationRenderer: "0xB1C696b24C739215a859B06c45a0d7dA3889BC2F",
  identityRegistry: "0xAeEcb27DeF5342A93dE721Cf612c60A29dd6d906",
  vouchRegistry: "0xf2e532122B9C1587fCF6c357216027364DbE2C9a",
  registryLens: "0xB54efd48B854394dc0dc97225C802028F7111Dfd",
  agentLinks: "0x051a8B083816C8085112d038aA66cf579A9F4451",
};

/** Deployments that were recorded, by chain id. */
export const recordedAddresses: Readonly<Record<number, RegistryAddresses>> = {};
