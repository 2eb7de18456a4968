// Generated from the compiled contracts by `npm run generate`; do not edit.
import type { RegistryAddresses } from "./types.ts";

/** Where the registries are on every public chain: the deterministic deployment with `productionParameters`. */
export const productionAddresses: RegistryAddresses = {
  registrationRenderer: "0xB1C696b24C739215a859B06c45a0d7dA3889BC2F",
  identityRegistry: "0xf243fF155a6B56C631E3e01e1feED471505383E5",
  vouchRegistry: "0x2a1947F91ADf5B54228617503EFc8c522fdBb037",
  registryLens: "0x9bE942EFe61cFBC0Fb1670428349CEF7c8f53AC3",
  agentLinks: "0xae7ce1e4A677006cd900ebC046A5E5B6EA8D42fa",
};

/** Where the registries are on a test network: the deterministic deployment with `shortParameters`. */
export const shortAddresses: RegistryAddresses = {
  registrationRenderer: "0xB1C696b24C739215a859B06c45a0d7dA3889BC2F",
  identityRegistry: "0x7c71d0F9e4eF9D69BE4e0c9085a89Eefd2046E6E",
  vouchRegistry: "0x520f1878D2D133532B07F3250A565aaC37064F3E",
  registryLens: "0x0cdCdaE7303ee12676DF2e2eB578324D11D07Cae",
  agentLinks: "0x927138F142C7A5284F4c2DF67F5B192A95c075D1",
};

/** Deployments that were recorded, by chain id. */
export const recordedAddresses: Readonly<Record<number, RegistryAddresses>> = {};
