import { generatePrivateKey } from "viem/accounts";
import { InvalidOptionError } from "../errors/mistakes.ts";
import { chainNumber, isOfKey } from "../sign/options.ts";
import { keyOfAccount, keyOfSecret, secretIn } from "./accountKey.ts";
import type { DelegateAccount, Jwk, KeyType, SessionKey, WebKeyPair } from "./types.ts";
import { keyOfPair, makePair, pairFrom } from "./webKey.ts";

/** What a session's key is. */
export interface SessionKeyOptions {
  /** `ed25519` where nothing is said. */
  readonly keyType?: KeyType | undefined;
  /** Whether the private key can be read out, to keep a session beyond its process. It cannot, where nothing is said. */
  readonly extractable?: boolean | undefined;
  /** The chain of the account that a key of secp256k1 is; the others need none. */
  readonly chainId?: number | undefined;
}

/**
 * Makes a key that can be granted something. Whoever is to be granted something makes it where they run, and gives only what is
 * public of it: `profile` and `delegate`.
 *
 * @param options Of which kind it is.
 * @returns The key.
 * @throws SessionKeyError when WebCrypto does not have such keys here.
 * @throws InvalidOptionError when a key of secp256k1 has no chain.
 */
export async function createSessionKey(options: SessionKeyOptions = {}): Promise<SessionKey> {
  const { keyType = "ed25519", extractable = false, chainId } = options;
  if (keyType === "ed25519") return keyOfPair(await makePair("Ed25519", extractable));
  if (keyType === "p256") return keyOfPair(await makePair("P-256", extractable));
  if (chainId === undefined) throw new InvalidOptionError("chainId", "is missing: a key of secp256k1 is an account.");
  return keyOfSecret(generatePrivateKey(), chainNumber(chainId), extractable);
}

/** Whatever may be the key of a session: one of this package, a pair of WebCrypto, a private JWK, or an account. */
export type AnySessionKey = SessionKey | WebKeyPair | Jwk | DelegateAccount;

/** Where the key is to be used, which an account does not say itself. */
export interface KeyPlace {
  readonly chainId: number | string;
  /** The profile of the grant that it is for; what the account is, where there is none yet. */
  readonly profile?: string | undefined;
  readonly extractable: boolean;
}

/** A session's key out of whatever may be one. */
export async function sessionKeyOf(
  key: AnySessionKey,
  { chainId, profile, extractable }: KeyPlace,
): Promise<SessionKey> {
  if ("signGrant" in key) return key;
  if ("privateKey" in key) return keyOfPair(key);
  if ("address" in key) return keyOfAccount(key, chainId, profile ?? (isOfKey(key) ? "erc8128-eoa" : "erc8128"));
  if (key.crv === "secp256k1") return keyOfSecret(secretIn(key), chainId, extractable);
  return keyOfPair(await pairFrom(key, extractable));
}
