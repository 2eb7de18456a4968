import { hexToBytes, sha256 } from "viem";
import { parseAccountId } from "../account/accountId.ts";
import { ACCOUNT_PROFILES, GRANT_LIMITS, KEY_PROFILES, SYMMETRIC_PROFILES } from "../constants.ts";
import { encodeBase64Url } from "../fields/base64.ts";
import { malformed, tooLarge } from "./grantError.ts";
import { isPublicKey } from "./publicKey.ts";

/** Whether a profile is that of an account, which has an epoch of its own. */
export function isAccountProfile(profile: string): boolean {
  return ACCOUNT_PROFILES.includes(profile);
}

/** Whether anything here can check a delegate of this profile. */
export function isKnownProfile(profile: string): boolean {
  return isAccountProfile(profile) || KEY_PROFILES.includes(profile);
}

/** Refuses a delegate that is not what its profile says. What an unknown profile would want is not known. */
export function checkDelegate(profile: string, delegate: string): void {
  if (SYMMETRIC_PROFILES.includes(profile)) throw malformed("A grant names an algorithm with a shared secret.");
  if (isAccountProfile(profile)) {
    const { length } = new TextEncoder().encode(delegate);
    if (length > GRANT_LIMITS.textBytes) throw tooLarge("bytes in an account", GRANT_LIMITS.textBytes);
    if (parseAccountId(delegate) === undefined) throw malformed("A delegate is no account in the form of CAIP-10.");
  }
  if (KEY_PROFILES.includes(profile) && !isPublicKey(profile, delegate)) {
    throw malformed("A delegate is no public key of its algorithm in the form of RFC 7638.");
  }
}

/** Who a delegate is: its account, or the thumbprint of its key (RFC 9278). */
export function delegateIdOf(profile: string, delegate: string): string {
  if (isAccountProfile(profile)) return delegate;
  const thumbprint = hexToBytes(sha256(new TextEncoder().encode(delegate)));
  return `urn:ietf:params:oauth:jwk-thumbprint:sha-256:${encodeBase64Url(thumbprint)}`;
}
