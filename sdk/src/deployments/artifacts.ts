// `@tenure/sdk/bytecode`: an entry of its own, so that nobody carries the contracts' code who does not deploy or check it.
import { agentLinksArtifact } from "../bytecode/agentLinks.ts";
import { delegationRegistryArtifact } from "../bytecode/delegationRegistry.ts";
import { identityRegistryArtifact } from "../bytecode/identityRegistry.ts";
import { registrationRendererArtifact } from "../bytecode/registrationRenderer.ts";
import { registryLensArtifact } from "../bytecode/registryLens.ts";
import { vouchRegistryArtifact } from "../bytecode/vouchRegistry.ts";
import type { Artifact, RegistryName } from "../types/deployment.ts";

export {
  agentLinksArtifact,
  delegationRegistryArtifact,
  identityRegistryArtifact,
  registrationRendererArtifact,
  registryLensArtifact,
  vouchRegistryArtifact,
};

/** The compiled contracts, for `planDeployment` and `isExpectedCode`. */
export const registryArtifacts: Readonly<Record<RegistryName, Artifact>> = {
  registrationRenderer: registrationRendererArtifact,
  identityRegistry: identityRegistryArtifact,
  vouchRegistry: vouchRegistryArtifact,
  registryLens: registryLensArtifact,
  agentLinks: agentLinksArtifact,
  delegationRegistry: delegationRegistryArtifact,
};
