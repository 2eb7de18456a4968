// Generated from the compiled contracts by `npm run generate`; do not edit.
import type { RegistryAddresses } from "./types.ts";

/** Where the registries are on every public chain: the deterministic deployment with `productionParameters`. */
export const productionAddresses: RegistryAddresses = {
  identityRegistry: "0x92D13a9A11498e9CE8A97bA1ff97900858bB4a7d",
  vouchRegistry: "0xf804C9f78de83bB93e83df1C78f3d93D4Efbe990",
  registryLens: "0xAf90993e5108696A2Dba5d92477A0f55D1C414b7",
};

/** Where the registries are on a test network: the deterministic deployment with `shortParameters`. */
export const shortAddresses: RegistryAddresses = {
  identityRegistry: "0x1Ad21D2ed8A440D6BD0d9994f81E0EC2663c5FB0",
  vouchRegistry: "0x503A8b78F04e5D1E071E5C69924c59596B22835d",
  registryLens: "0xF1CDD125c7C5c1BFea6f380Fa6ed6a95b2563610",
};

/** Deployments that were recorded, by chain id. */
export const recordedAddresses: Readonly<Record<number, RegistryAddresses>> = {};
