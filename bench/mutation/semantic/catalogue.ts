import { civilDate } from "./civilDate.ts";
import { consent } from "./consent.ts";
import { identityRecord } from "./identityRecord.ts";
import { identityRegistry } from "./identityRegistry.ts";
import { registrationRenderer } from "./registrationRenderer.ts";
import type { Slips } from "./slip.ts";
import { tenure } from "./tenure.ts";
import { unorderedNonces } from "./unorderedNonces.ts";

export const catalogue: Slips[] = [
  identityRegistry,
  identityRecord,
  tenure,
  unorderedNonces,
  consent,
  registrationRenderer,
  civilDate,
];
