// Generated from the compiled contracts by `npm run generate`; do not edit.
import type { RegistryAddresses } from "./types.ts";

/** Where the registries are on every public chain: the deterministic deployment with `productionParameters`. */
export const productionAddresses: RegistryAddresses = {
  registrationRenderer: "0xB1C696b24C739215a859B06c45a0d7dA3889BC2F",
  identityRegistry: "0xF7E6826731959DA357E28a301b8002C7E43872aa",
  vouchRegistry: "0x4d2F3d5144Ef4fD35034D2dE2664a9E682fac890",
  registryLens: "0x566105C7fbFCC90a408Fc88c4e7bB19964f96e9E",
  agentLinks: "0x0A44B5821C698C9aFc434D2982bcC161550a8f62",
};

/** Where the registries are on a test network: the deterministic deployment with `shortParameters`. */
export const shortAddresses: RegistryAddresses = {
  registrationRenderer: "0xB1C696b24C739215a859B06c45a0d7dA3889BC2F",
  identityRegistry: "0x0000a49b75a96DC3942023DB2F8Cc655C061a065",
  vouchRegistry: "0x6f0cEe543e5B755A2A0518739bBDCE3D11A447CC",
  registryLens: "0xd9382cF5c8685441f1fCDfA00357B6DAd93cf5b5",
  agentLinks: "0x73ADBcbCa91e6DA3f992bB22e302c9321d5848a0",
};

/** Deployments that were recorded, by chain id. */
export const recordedAddresses: Readonly<Record<number, RegistryAddresses>> = {};
