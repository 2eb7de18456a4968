import type { Address, Hex } from "viem";
import type { RawProfile } from "../codecs/answers.ts";
import type { AnyClient } from "../types/client.ts";

/**
 * How a page was read: from the deployed lens (`lens`), from the lens's code put in an empty place for the length of the
 * call (`override`) or deployed for the length of the call (`deployless`), from the registries through Multicall3
 * (`multicall`), or from the registries view by view (`single`), which a transport with `batch` puts into few requests.
 */
export type ReadVia = "lens" | "override" | "deployless" | "multicall" | "single";

/** What is asked about: all numbers, or all addresses. */
export type Asked = readonly bigint[] | readonly Address[];

/** Where to read. */
export type Place = {
  lens: Address | undefined;
  vouchRegistry: Address;
  blockNumber: bigint | undefined;
  /** What several pages need, and is asked for once. */
  known: {
    /** Code of a lens over `vouchRegistry`. */
    lensCode?: Hex | undefined;
    identityRegistry?: Address | undefined;
  };
};

/** One way to read profiles. */
export type Rung = {
  via: ReadVia;
  /** Profiles of a page, at most. */
  most: number;
  /** Undefined where there is no such way on this chain. */
  read: (client: AnyClient, place: Place, asked: Asked) => Promise<readonly RawProfile[] | undefined>;
};
