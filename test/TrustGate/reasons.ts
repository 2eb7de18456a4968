import type { Requirement } from "../utils/vouchMocks.ts";

/** The bits of a refusal, as other software knows them: they never move. */
export const Reason = {
  Unknown: 1n,
  FormerKey: 2n,
  Suspended: 4n,
  Retired: 8n,
  Age: 16n,
  Tenure: 32n,
  KeyAge: 64n,
  Silence: 128n,
  Support: 256n,
  Opposition: 512n,
  Anchors: 1_024n,
  AnchorWarnings: 2_048n,
  UnprovenOwner: 4_096n,
} as const;

/** A requirement of zeros but for what is given. */
export function demand(parts: Partial<Requirement>): Requirement {
  return {
    minAge: 0n,
    minTenure: 0n,
    minKeyAge: 0n,
    maxSilence: 0n,
    minSupport: 0n,
    oppositionLimit: 0n,
    anchors: [],
    minAnchors: 0n,
    minAnchorStake: 0n,
    anchorWarningLimit: 0n,
    keyOwned: false,
    ...parts,
  };
}
