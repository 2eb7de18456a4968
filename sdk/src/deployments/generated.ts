// Generated from the compiled contracts by `npm run generate`; do not edit.
import type { RegistryAddresses } from "./types.ts";

/** Where the registries are on every public chain: the deterministic deployment with `productionParameters`. */
export const productionAddresses: RegistryAddresses = {
  identityRegistry: "0x070E7fBFD413bf3Bb27B449Dc5dEa9Af5218fCA5",
  vouchRegistry: "0x9dd16a8C4A551D25dF5Db88D222BF51466d56E85",
  registryLens: "0x31697054eA090cf387AC0e5331741774a12616fd",
};

/** Where the registries are on a test network: the deterministic deployment with `shortParameters`. */
export const shortAddresses: RegistryAddresses = {
  identityRegistry: "0xb41eaf5171dD12828b08f5c0f59F33fb5512FC40",
  vouchRegistry: "0xaa553A7425DD743d703C047ef071E663670d40B5",
  registryLens: "0x5f997e6Db8dCce4232FcC337446FD3b1330cE5B2",
};

/** Deployments that were recorded, by chain id. */
export const recordedAddresses: Readonly<Record<number, RegistryAddresses>> = {};
