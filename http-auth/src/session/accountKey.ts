import { bytesToHex, type Hex, hexToBytes } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { formatAccountId } from "../account/accountId.ts";
import { ORDER } from "../account/isSignedByKey.ts";
import { InvalidOptionError } from "../errors/mistakes.ts";
import { decodeBase64Url, encodeBase64Url } from "../fields/base64.ts";
import { signByAccount } from "../sign/options.ts";
import { SessionKeyError } from "./errors.ts";
import type { DelegateAccount, Jwk, SessionKey } from "./types.ts";

/** An account as a session's key. Its profile says whether code of it counts. */
export function keyOfAccount(account: DelegateAccount, chainId: number | string, profile: string): SessionKey {
  const id = formatAccountId(chainId, account.address);
  return {
    keyid: id,
    delegate: id,
    profile,
    signRequest: (base) => signByAccount(account, base),
    signGrant: async (typedData) => {
      if (account.signTypedData !== undefined) return account.signTypedData(typedData);
      throw new SessionKeyError("The session's account signs no typed data, and so cannot hand anything on.");
    },
    exportSecret: async () => {
      throw new SessionKeyError("The session's key is that of an account, which keeps it.");
    },
  };
}

/** A key of secp256k1 as a session's key. Its address has no code, and any that it gets does not count. */
export function keyOfSecret(secret: Hex, chainId: number | string, extractable: boolean): SessionKey {
  const account = privateKeyToAccount(secret);
  const key = keyOfAccount(account, chainId, "erc8128-eoa");
  if (!extractable) return key;
  const point = hexToBytes(account.publicKey);
  const x = encodeBase64Url(point.subarray(1, 33));
  const y = encodeBase64Url(point.subarray(33));
  const jwk = { kty: "EC", crv: "secp256k1", x, y, d: encodeBase64Url(hexToBytes(secret)) };
  return { ...key, exportSecret: async () => ({ ...jwk }) };
}

/** @throws InvalidOptionError when the JWK has no private key of 32 bytes. */
export function secretIn({ d = "" }: Jwk): Hex {
  const secret = /^[\w-]{43}$/.test(d) ? bytesToHex(decodeBase64Url(d)) : "0x00";
  const number = BigInt(secret);
  // Looked at here, as the words of the library that signs have the number in them.
  if (number < 1n || number >= ORDER) throw new InvalidOptionError("key", "has no private key of secp256k1.");
  return secret;
}
