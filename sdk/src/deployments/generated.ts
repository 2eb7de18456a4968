// Generated from the compiled contracts by `npm run generate`; do not edit.
import type { RegistryAddresses } from "./types.ts";

/** Where the registries are on every public chain: the deterministic deployment with `productionParameters`. */
export const productionAddresses: RegistryAddresses = {
  identityRegistry: "0x31702306E1Dc3dB3Be9e2775f7d0e47Fd68A9485",
  vouchRegistry: "0x2340fF565C73A6535331D74c528e366e72D3B241",
  registryLens: "0x3d1171FA71b4EF980712895022557AE7b9997009",
};

/** Where the registries are on a test network: the deterministic deployment with `shortParameters`. */
export const shortAddresses: RegistryAddresses = {
  identityRegistry: "0xa729cD475F214F057EF952Ad4422D6eC558414a4",
  vouchRegistry: "0x84486e5e02cb59474287EFcE1758E796F0d87075",
  registryLens: "0xF2b33B69144c8853B4c8360A0f2987fF68f893c8",
};

/** Deployments that were recorded, by chain id. */
export const recordedAddresses: Readonly<Record<number, RegistryAddresses>> = {};
