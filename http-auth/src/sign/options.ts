import { type Address, type Hex, hexToBytes } from "viem";
import { formatAccountId } from "../account/accountId.ts";
import { CONTENT_LIMIT, EOA_MODE, FORMER_DRAFT, LIMITS, SIGNATURE_TAG, VALIDITY_FLOOR } from "../constants.ts";
import { InvalidOptionError } from "../errors/mistakes.ts";
import { FieldSyntaxError } from "../fields/syntaxError.ts";
import type { Item } from "../fields/types.ts";
import { parseComponent } from "../message/components.ts";
import type { Plan } from "./plan.ts";

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
  /**
   * In the form that the draft began with, for services that speak `@slicekit/erc8128` 0.2. The scheme is not covered then, which
   * that does not know.
   */
  readonly formerDraft?: boolean | undefined;
  /** Bytes of content that are read to digest it; 1 MiB where nothing is said. */
  readonly contentLimit?: number | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
}

/** Who speaks that form takes a query for one that is not covered, unless it is there. */
function formerBaseline(url: string): readonly string[] {
  return new URL(url).search === "" ? FORMER_DRAFT.components : [...FORMER_DRAFT.components, "@query"];
}

const KEY_SOURCES: readonly (string | undefined)[] = ["privateKey", "hd"];

/** Whether viem says that it made an account of a key. */
export function isOfKey(account: { readonly source?: string | undefined }): boolean {
  return KEY_SOURCES.includes(account.source);
}

/** @throws InvalidOptionError when the text is no component. */
export function componentFrom(text: string): Item {
  try {
    return parseComponent(text);
  } catch (error) {
    if (!(error instanceof FieldSyntaxError)) throw error;
    throw new InvalidOptionError("components", `has ${JSON.stringify(text)}, which is no component of a request.`);
  }
}

/** @throws InvalidOptionError when it is no number of whole seconds, one or more. */
export function seconds(option: string, value: number): number {
  if (Number.isSafeInteger(value) && value >= 1) return value;
  throw new InvalidOptionError(option, "is no positive number of whole seconds.");
}

/** @throws InvalidOptionError when no chain has this number. */
export function chainNumber(chainId: number): number {
  if (Number.isSafeInteger(chainId) && chainId >= 1) return chainId;
  throw new InvalidOptionError("chainId", "is no positive integer.");
}

/** @throws InvalidOptionError when no verifier could take the nonce. */
export function checkedNonce(nonce: string | null | undefined): string | null | undefined {
  if (typeof nonce === "string" && (nonce.length > LIMITS.nonceLength || !/^[\x20-\x7e]*$/.test(nonce))) {
    throw new InvalidOptionError("nonce", `is not at most ${LIMITS.nonceLength} characters of visible ASCII.`);
  }
  return nonce;
}

/** The bytes that an account signs of a base. */
export async function signByAccount(account: SigningAccount, base: Uint8Array): Promise<Uint8Array> {
  return hexToBytes(await account.signMessage({ message: { raw: base } }));
}

/** @throws InvalidOptionError when a request signed like this could not be accepted by anybody. */
export function planOf(options: SignOptions): Plan {
  const { account, nonce, contentLimit = CONTENT_LIMIT, now = Date.now, formerDraft = false } = options;
  const chainId = chainNumber(options.chainId);
  const validFor = seconds("validFor", options.validFor ?? VALIDITY_FLOOR);
  const isKey = options.isKey ?? isOfKey(account);
  return {
    signer: {
      keyid: formerDraft
        ? `${FORMER_DRAFT.prefix}${chainId}:${account.address.toLowerCase()}`
        : formatAccountId(chainId, account.address),
      tag: formerDraft ? undefined : SIGNATURE_TAG,
      mode: isKey && !formerDraft ? EOA_MODE : undefined,
      algorithm: undefined,
      sign: (base) => signByAccount(account, base),
    },
    fields: {},
    nonce: checkedNonce(nonce),
    baseline: formerDraft ? formerBaseline : undefined,
    demanded: [],
    components: (options.components ?? []).map(componentFrom),
    contentLimit,
    expires: (created) => created + validFor,
    now,
  };
}
