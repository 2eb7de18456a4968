// Generated from the compiled contracts by `npm run generate`; do not edit.
import type { RegistryAddresses } from "./types.ts";

/** Where the registries are on every public chain: the deterministic deployment with `productionParameters`. */
export const productionAddresses: RegistryAddresses = {
  identityRegistry: "0x60482B78A1676FaD4C78fBC8856d6f225fB94752",
  vouchRegistry: "0xd00cc3f5857ddAc19e36C88d4e60857B1060Ce8f",
  registryLens: "0x31e08C5D98739A3B8e16F65167AE71423C70Db82",
};

/** Where the registries are on a test network: the deterministic deployment with `shortParameters`. */
export const shortAddresses: RegistryAddresses = {
  identityRegistry: "0x0acB4297807FEE873232FDd702a3a5dca85310cF",
  vouchRegistry: "0xfAC0Ad2EF986b90C8c4C677d11835b83FA22B1C6",
  registryLens: "0x3c1295Cd75441410C1DfF8c7c8b6e662C77C1Ee9",
};

/** Deployments that were recorded, by chain id. */
export const recordedAddresses: Readonly<Record<number, RegistryAddresses>> = {};
