// Generated from the compiled contracts by `npm run generate`; do not edit.
import type { RegistryAddresses } from "./types.ts";

/** Where the registries are on every public chain: the deterministic deployment with `productionParameters`. */
export const productionAddresses: RegistryAddresses = {
  registrationRenderer: "0xB1C696b24C739215a859B06c45a0d7dA3889BC2F",
  identityRegistry: "0x4a983192860e4D78766d58506c0d0257D0ddc610",
  vouchRegistry: "0x6ef970E6255a195c53D39Fe68be0bb553840CAde",
  registryLens: "0x26b08E1fe058e0CAB64F83a34237003De4a78659",
  agentLinks: "0xdb552F34CC65D871f8604b75cEBEC1f5cB29d637",
};

/** Where the registries are on a test network: the deterministic deployment with `shortParameters`. */
export const shortAddresses: RegistryAddresses = {
  registrationRenderer: "0xB1C696b24C739215a859B06c45a0d7dA3889BC2F",
  identityRegistry: "0x2778c90aF9F9902cA359EffE6cf2e514A9B4d3C0",
  vouchRegistry: "0x49413A46fDBC6bf00b49e40BBF60Ce53a6F5fa57",
  registryLens: "0xC4775679e84Db96217FAdd52d494D601C0e8D3ab",
  agentLinks: "0x09a564608BBFd25315F2C1440Cb87770945102a5",
};

/** Deployments that were recorded, by chain id. */
export const recordedAddresses: Readonly<Record<number, RegistryAddresses>> = {};
