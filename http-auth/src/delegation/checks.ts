// What can be said of grants without asking anybody, in the order of ERC-8395, section 4.1.

import { parseAccountId } from "../account/accountId.ts";
import { ACCOUNT_PROFILES } from "../constants.ts";
import { quote } from "../errors/quote.ts";
import { Refusal } from "../errors/refusal.ts";
import type { Parameters } from "../fields/types.ts";
import type { Candidate } from "../message/candidates.ts";
import { isSupportedComponent } from "../message/component.ts";
import { stringOf } from "../message/components.ts";
import type { Chain, ReadChain } from "./chain.ts";

/** A key's identifier, RFC 9278: 32 bytes, whose last character has two bits left over. */
const THUMBPRINT = /^urn:ietf:params:oauth:jwk-thumbprint:sha-256:[\w-]{42}[AEIMQUYcgkosw048]$/;

/** That the request names the last delegate as who signed it, and no other algorithm than its. */
export function checkSigner(parameters: Parameters, { last }: ReadChain): Refusal | undefined {
  const { delegateProfile: profile } = last.grant;
  const isAccount = ACCOUNT_PROFILES.includes(profile);
  const alg = parameters.get("alg");
  if (alg !== undefined && (isAccount || stringOf(alg) !== profile)) {
    const what = isAccount ? "has `alg`, and accounts have none" : "has another `alg` than its grant";
    return new Refusal("unsupported_algorithm", `The signature ${what}. Leave it out.`);
  }
  const keyid = stringOf(parameters.get("keyid"));
  if (keyid === last.delegateId) return undefined;
  const isId = keyid !== undefined && (parseAccountId(keyid) !== undefined || (!isAccount && THUMBPRINT.test(keyid)));
  if (isId) return new Refusal("delegate_mismatch", "`keyid` is not the delegate of the last grant.");
  const actual = keyid === undefined ? "no text" : quote(keyid);
  return new Refusal("invalid_keyid", `\`keyid\` is ${actual}, and has to be the delegate of the last grant.`);
}

/** That every account of a chain is of a chain that is served. */
export function checkChains({ chainIds }: ReadChain, isServed: (chainId: string) => boolean): Refusal | undefined {
  const other = chainIds.find((chainId) => !isServed(chainId));
  return other === undefined
    ? undefined
    : new Refusal("unsupported_chain", `Accounts of chain ${other} are not served here.`);
}

/** How long grants may be, in seconds. */
export interface Windows {
  readonly maxGrantValidity: number;
  readonly maxGrantWindow: number;
}

/** That the grants are for no longer than they may be, and that it is their time. The last one's is within the others'. */
export function checkGrantTime(
  { longest, last }: Chain,
  { maxGrantValidity, maxGrantWindow }: Windows,
  now: number,
  skew: number,
): Refusal | undefined {
  const window = last.validUntil - last.validAfter;
  if (longest > maxGrantValidity || window > maxGrantWindow) {
    const [actual, limit] = longest > maxGrantValidity ? [longest, maxGrantValidity] : [window, maxGrantWindow];
    return new Refusal("grant_validity_too_long", `A grant is for ${actual} s, and may be for ${limit} s here.`);
  }
  if (now < last.validAfter - BigInt(skew)) {
    return new Refusal("grant_not_yet_valid", `The last grant begins in ${last.validAfter - BigInt(now)} s.`);
  }
  if (now <= last.validUntil + BigInt(skew)) return undefined;
  return new Refusal(
    "grant_expired",
    `The last grant ended ${BigInt(now) - last.validUntil} s ago. Ask for a new one.`,
  );
}

/** That the request's own time is within that of the last grant, and no longer than that says. */
export function checkRequestTime(
  { last }: Chain,
  { created, expires }: { readonly created: number; readonly expires: number },
  skew: number,
): Refusal | undefined {
  if (created < last.validAfter - BigInt(skew) || expires > last.validUntil) {
    return new Refusal("request_outside_grant_window", "The signature is not within the time of the last grant.");
  }
  const [validity, limit] = [expires - created, last.maxRequestValiditySeconds];
  if (validity <= limit) return undefined;
  const problem = `The signature is valid for ${validity} s, and its grants let it be for ${limit} s.`;
  return new Refusal("delegation_request_validity_exceeded", problem);
}

const FIELD_COMPONENT = '"erc-8128-delegation";sf=?1';

/** That the request covers its grants, and what they want covered. */
export function checkComponents({ components }: Chain, { keys }: Candidate): Refusal | undefined {
  if (!keys.has(FIELD_COMPONENT)) {
    return new Refusal("delegation_not_covered", 'The signature does not cover `"erc-8128-delegation";sf`.');
  }
  for (const [key, component] of components) {
    if (isSupportedComponent(component)) continue;
    return new Refusal("delegation_components_unsupported", `A grant requires ${quote(key)}, which is not known here.`);
  }
  for (const key of components.keys()) {
    if (keys.has(key)) continue;
    return new Refusal("delegation_components_uncovered", `A grant requires ${quote(key)}, which is not covered.`);
  }
  return undefined;
}
