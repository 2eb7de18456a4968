// Generated from the compiled contracts by `npm run generate`; do not edit.
import type { RegistryAddresses } from "./types.ts";

/** Where the registries are on every public chain: the deterministic deployment with `productionParameters`. */
export const productionAddresses: RegistryAddresses = {
  registrationRenderer: "0xB1C696b24C739215a859B06c45a0d7dA3889BC2F",
  identityRegistry: "0xF7E6826731959DA357E28a301b8002C7E43872aa",
  vouchRegistry: "0xFD6DFf4d91439Ae7858f8B120c000aAb8FBc762e",
  registryLens: "0x4ef1D3dEdAa9884DDa948A0f9bA8BFb2bBAE921f",
  agentLinks: "0x0A44B5821C698C9aFc434D2982bcC161550a8f62",
};

/** Where the registries are on a test network: the deterministic deployment with `shortParameters`. */
export const shortAddresses: RegistryAddresses = {
  registrationRenderer: "0xB1C696b24C739215a859B06c45a0d7dA3889BC2F",
  identityRegistry: "0x0000a49b75a96DC3942023DB2F8Cc655C061a065",
  vouchRegistry: "0xCfdE6813B74eaf7C1c5Ac267279973879639E728",
  registryLens: "0x959DD6c56172a82e0D69Ab32F4ba5d3D791AA408",
  agentLinks: "0x73ADBcbCa91e6DA3f992bB22e302c9321d5848a0",
};

/** Deployments that were recorded, by chain id. */
export const recordedAddresses: Readonly<Record<number, RegistryAddresses>> = {};
