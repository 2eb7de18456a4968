// Generated from the compiled contracts by `npm run generate`; do not edit.
import type { RegistryAddresses } from "./types.ts";

/** Where the registries are on every public chain: the deterministic deployment with `productionParameters`. */
export const productionAddresses: RegistryAddresses = {
  registrationRenderer: "0xB1C696b24C739215a859B06c45a0d7dA3889BC2F",
  identityRegistry: "0x3f4EAfeDF8C3Fe669eca39960FA5f5D263aA4968",
  vouchRegistry: "0xDDCcaD5A72c92B9E244fc95d274156D09B691639",
  registryLens: "0xc4F2C541664878a3aF0955615a4e78ea1F8dAD59",
  agentLinks: "0xdFBF3917CBE25157b5be127A7C741fC1641f7b4D",
};

/** Where the registries are on a test network: the deterministic deployment with `shortParameters`. */
export const shortAddresses: RegistryAddresses = {
  registrationRenderer: "0xB1C696b24C739215a859B06c45a0d7dA3889BC2F",
  identityRegistry: "0xD1c40A9Cc0471d5be548616b7AfB5a23Bd8B0B20",
  vouchRegistry: "0x3Ad16Bf888f83Bf688fB566649A184f8a37F51bb",
  registryLens: "0xcb69C0b0606F0Cd26f4Ffad6dB7Fb43C8DdeC9B3",
  agentLinks: "0x7BDB8774D5c8c35e5c632d3d79C6192A3aA8C4c7",
};

/** Deployments that were recorded, by chain id. */
export const recordedAddresses: Readonly<Record<number, RegistryAddresses>> = {};
