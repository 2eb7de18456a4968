import { agentLinks } from "./agentLinks.ts";
import { civilDate } from "./civilDate.ts";
import { consent } from "./consent.ts";
import { delegationRegistry } from "./delegationRegistry.ts";
import { edge } from "./edge.ts";
import { gatedBoard, trustGate } from "./gates.ts";
import { identityRecord } from "./identityRecord.ts";
import { identityRegistry } from "./identityRegistry.ts";
import { registryLens } from "./lens.ts";
import { registrationRenderer } from "./registrationRenderer.ts";
import { subjectRing, voucherRing } from "./rings.ts";
import type { Slips } from "./slip.ts";
import { tenure } from "./tenure.ts";
import { unorderedNonces } from "./unorderedNonces.ts";
import { vouchRegistry } from "./vouchRegistry.ts";

export const catalogue: Slips[] = [
  identityRegistry,
  identityRecord,
  tenure,
  unorderedNonces,
  consent,
  registrationRenderer,
  civilDate,
  vouchRegistry,
  edge,
  subjectRing,
  voucherRing,
  trustGate,
  gatedBoard,
  agentLinks,
  delegationRegistry,
  registryLens,
];
