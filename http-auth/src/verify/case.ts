import type { Presented } from "../delegation/presented.ts";
import type { Message } from "../message/target.ts";
import type { Window } from "./checks.ts";
import type { Policy } from "./policy.ts";
import type { Settings } from "./settings.ts";
import type { Caller } from "./types.ts";

/** A request, and what is demanded of it. */
export interface Case {
  readonly message: Message;
  readonly origin: string;
  /** The content, read when it is first asked for. */
  readonly content: () => Promise<Uint8Array<ArrayBuffer>>;
  /** The digest of the content where somebody else has that, and hashed it. */
  readonly foundDigest: string | undefined;
  /** The grants that came with it; `undefined` where the verifier takes none. */
  readonly presented: Presented | undefined;
  readonly settings: Settings;
  readonly policy: Policy;
}

/** What a signature proves, before anybody has decided to let it in. */
export interface Claim {
  readonly principal: string;
  /** Who signed, and whose nonce it is. */
  readonly signer: string;
  readonly window: Window;
  readonly nonce: string | undefined;
  readonly binding: Caller["binding"];
  /** What tells this signature from others of the same signer: a hash of its base. */
  readonly hash: () => string;
  readonly grants: Caller["grants"];
  readonly permissions: Caller["permissions"];
}
