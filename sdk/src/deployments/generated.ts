// Generated from the compiled contracts by `npm run generate`; do not edit.
import type { RegistryAddresses } from "./types.ts";

/** Where the registries are on every public chain: the deterministic deployment with `productionParameters`. */
export const productionAddresses: RegistryAddresses = {
  identityRegistry: "0xf7D674F141c4634BaE71116D31d78B0ef2bfe277",
  vouchRegistry: "0x8082fEA79c8410272C390CFA7a5BAC32d10A4813",
  registryLens: "0x12D694BD83eaE59b544e9faaA07A6E740C7F23AA",
};

/** Where the registries are on a test network: the deterministic deployment with `shortParameters`. */
export const shortAddresses: RegistryAddresses = {
  identityRegistry: "0x10056e57a90636D9C1CC78e379CFDcecd28e206b",
  vouchRegistry: "0xBAF46408AFE1F018999687ab10A460042399dF53",
  registryLens: "0x851844C3699cC600761A8A2E1aEb2119D8C9576f",
};

/** Deployments that were recorded, by chain id. */
export const recordedAddresses: Readonly<Record<number, RegistryAddresses>> = {};
