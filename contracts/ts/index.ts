// ABIs and addresses of Tenure's contracts. The same as JSON: `@tenure/contracts/abi/*.json`, `…/deployments.json`.
export type { ContractName, TenureAddresses } from "./addresses.ts";
export { productionAddresses, shortAddresses } from "./addresses.ts";
export { agentLinksAbi } from "./generated/abi/agentLinks.ts";
export { delegationRegistryAbi } from "./generated/abi/delegationRegistry.ts";
export { identityRegistryAbi } from "./generated/abi/identityRegistry.ts";
export { registrationRendererAbi } from "./generated/abi/registrationRenderer.ts";
export { registryLensAbi } from "./generated/abi/registryLens.ts";
export { trustGateAbi } from "./generated/abi/trustGate.ts";
export { vouchRegistryAbi } from "./generated/abi/vouchRegistry.ts";
export { deployments } from "./generated/deployments.ts";
