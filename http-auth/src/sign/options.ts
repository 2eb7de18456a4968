import type { Address, Hex } from "viem";
import { CONTENT_LIMIT, LIMITS, VALIDITY_FLOOR } from "../constants.ts";
import { InvalidOptionError } from "../errors/mistakes.ts";
import { FieldSyntaxError } from "../fields/syntaxError.ts";
import type { Item } from "../fields/types.ts";
import { parseComponent } from "../message/components.ts";

/** Whoever signs: an account of viem, a smart account too, or anything that signs as `personal_sign` does. */
export interface SigningAccount {
  readonly address: Address;
  readonly signMessage: (parameters: { message: { raw: Uint8Array } }) => Promise<Hex>;
  /** What viem says of an account that it made of a key. */
  readonly source?: string | undefined;
}

/** How requests are signed. */
export interface SignOptions {
  readonly account: SigningAccount;
  /** The chain that the account is on: where its code is looked for, if it has any. */
  readonly chainId: number;
  /** Seconds from now on in which the signature is good. 60, which every verifier accepts, where nothing is said. */
  readonly validFor?: number | undefined;
  /** A nonce that the verifier gave. `null` makes a signature that may come again, which few routes accept. */
  readonly nonce?: string | null | undefined;
  /** Components that are covered beyond the baseline, such as `idempotency-key`. */
  readonly components?: readonly string[] | undefined;
  /**
   * The key of the account itself signs, and no code: a verifier then asks no node. So where viem made the account of a key,
   * and nothing else is said.
   */
  readonly isKey?: boolean | undefined;
  /** Bytes of content that are read to digest it; 1 MiB where nothing is said. */
  readonly contentLimit?: number | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
}

/** The same, with nothing left open. */
export interface Plan {
  readonly account: SigningAccount;
  readonly chainId: number;
  readonly validFor: number;
  readonly nonce: string | null | undefined;
  readonly components: readonly Item[];
  readonly isKey: boolean;
  readonly contentLimit: number;
  readonly now: () => number;
}

const KEY_SOURCES: readonly (string | undefined)[] = ["privateKey", "hd"];

function componentFrom(text: string): Item {
  try {
    return parseComponent(text);
  } catch (error) {
    if (!(error instanceof FieldSyntaxError)) throw error;
    throw new InvalidOptionError("components", `has ${JSON.stringify(text)}, which is no component of a request.`);
  }
}

/** @throws InvalidOptionError when a request signed like this could not be accepted by anybody. */
export function planOf(options: SignOptions): Plan {
  const { account, chainId, nonce, validFor = VALIDITY_FLOOR, contentLimit = CONTENT_LIMIT, now = Date.now } = options;
  if (!Number.isSafeInteger(chainId) || chainId < 1) throw new InvalidOptionError("chainId", "is no positive integer.");
  if (!Number.isSafeInteger(validFor) || validFor < 1) {
    throw new InvalidOptionError("validFor", "is no positive number of whole seconds.");
  }
  if (typeof nonce === "string" && (nonce.length > LIMITS.nonceLength || !/^[\x20-\x7e]*$/.test(nonce))) {
    throw new InvalidOptionError("nonce", `is not at most ${LIMITS.nonceLength} characters of visible ASCII.`);
  }
  return {
    account,
    chainId,
    validFor,
    nonce,
    components: (options.components ?? []).map(componentFrom),
    isKey: options.isKey ?? KEY_SOURCES.includes(account.source),
    contentLimit,
    now,
  };
}
