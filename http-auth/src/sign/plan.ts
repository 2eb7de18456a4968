import type { Item } from "../fields/types.ts";

/** Who signs, as its signatures say it. */
export interface Signer {
  readonly keyid: string;
  /** Which class of signatures these are. None in the form that the draft began with. */
  readonly tag: string | undefined;
  readonly mode: string | undefined;
  /** The algorithm of a key that is no account's. A signature says it only where it is asked for. */
  readonly algorithm: string | undefined;
  readonly sign: (base: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;
}

/** How requests are signed, with nothing left open. */
export interface Plan {
  readonly signer: Signer;
  /** Fields that go with every request. */
  readonly fields: Readonly<Record<string, string>>;
  readonly nonce: string | null | undefined;
  /** What binds one request to a URL; what the draft says where nothing is said. */
  readonly baseline?: ((url: string) => readonly string[]) | undefined;
  /** Components that no signature may leave out, beside those of every request. */
  readonly demanded: readonly Item[];
  /** Components that are covered where nobody asks for others: these, and the demanded ones. */
  readonly components: readonly Item[];
  readonly contentLimit: number;
  /** The last second of a signature that is made in a given one. */
  readonly expires: (created: number) => number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}
