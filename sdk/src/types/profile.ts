import type { Address } from "viem";
import type { Identity, KeyRole } from "./identity.ts";
import type { Standing, Support } from "./vouch.ts";

/** All there is to know of one identity now. */
export type Profile = Identity &
  Standing &
  Support & {
    /** The address that was asked about; undefined where a number was asked about. */
    key: Address | undefined;
    /** What that address is to the identity. Do not trust a `former` key for the identity it once owned. */
    role: KeyRole;
  };
