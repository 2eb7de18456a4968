// Generated from the compiled contracts by `npm run generate`; do not edit.
import type { Hex } from "viem";
import type { RegistryAddresses } from "../types/deployment.ts";

/** Where the registries are on every public chain: the deterministic deployment with `productionParameters`. */
export const productionAddresses: RegistryAddresses = {
  registrationRenderer: "0xB1C696b24C739215a859B06c45a0d7dA3889BC2F",
  identityRegistry: "0xF7E6826731959DA357E28a301b8002C7E43872aa",
  vouchRegistry: "0x0AD37D5993681bd33ea5044322dcf23C80c72cC6",
  registryLens: "0x00d98AFb9d758f4dfC51E69e8d0414e2Eb2DAd8E",
  agentLinks: "0x0A44B5821C698C9aFc434D2982bcC161550a8f62",
  delegationRegistry: "0x1eA36DDB71F8DC6125232a214acbC99879618CbB",
};

/** Where the registries are on a test network: the deterministic deployment with `shortParameters`. */
export const shortAddresses: RegistryAddresses = {
  registrationRenderer: "0xB1C696b24C739215a859B06c45a0d7dA3889BC2F",
  identityRegistry: "0x0000a49b75a96DC3942023DB2F8Cc655C061a065",
  vouchRegistry: "0x0B963164F7f779a5297b320D45b7BE7b92faB0A7",
  registryLens: "0x4b990d118C2023EED40dEa5C9363360F7568c915",
  agentLinks: "0x73ADBcbCa91e6DA3f992bB22e302c9321d5848a0",
  delegationRegistry: "0x1eA36DDB71F8DC6125232a214acbC99879618CbB",
};

/**
 * The hash of the code of `DelegationRegistry` on every chain: nothing is filled in when it is deployed. Whoever checks
 * grants compares it (ERC-8395, section 5).
 */
export const delegationRegistryCodeHash: Hex = "0x70dc1410217093ccb54c130fa97fc4e28bddb490f3d97b0a8bb9b38e9bf2877b";

/** Deployments that were recorded, by chain id. */
export const recordedAddresses: Readonly<Record<number, RegistryAddresses>> = {};
