import type { RegistryAddresses } from "../types/deployment.ts";
import { recordedAddresses, shortAddresses } from "./generated.ts";

/** The chain id of local chains: Hardhat's and anvil's. */
const LOCAL_CHAIN_ID = 31_337;

/**
 * Where the registries are, by chain id. On the local chain they are where `npm start` and a deployment with
 * `shortParameters` put them.
 *
 * @example
 * addressBook[31_337]?.identityRegistry;
 */
export const addressBook: Readonly<Record<number, RegistryAddresses>> = {
  [LOCAL_CHAIN_ID]: shortAddresses,
  ...recordedAddresses,
};
