import { concatHex, domainSeparator, encodeAbiParameters, type Hex, keccak256, stringToHex } from "viem";
import { GRANT_DOMAIN, GRANT_TYPES } from "../constants.ts";
import type { AudiencePermission, Grant } from "./types.ts";

const membersOf = (type: keyof typeof GRANT_TYPES) =>
  `${type}(${GRANT_TYPES[type].map(({ name, type: member }) => `${member} ${name}`).join(",")})`;

const hashText = (text: string) => keccak256(stringToHex(text));
const hashAll = (hashes: readonly Hex[]) => keccak256(concatHex(hashes));

function hashAudience({ audience, permissions }: AudiencePermission): Hex {
  const type = hashText(membersOf("AudiencePermission"));
  return hashAll([type, hashText(audience), hashAll(permissions.map(hashText))]);
}

/** Each member of the message as a word: what is of no fixed length by its hash. */
const WORDS = GRANT_TYPES.Delegation.map(({ type }) => ({
  type: type === "string" || type.endsWith("[]") ? "bytes32" : type,
}));

/**
 * The hash of a grant without its domain. Not by viem's `hashTypedData`, which has no way to the bytes before the last hash, and
 * these are what a key signs.
 */
export function grantStructHash(grant: Grant): Hex {
  const words = [
    ...[hashText(grant.issuer), hashText(grant.delegate), hashAll(grant.audiencePermissions.map(hashAudience))],
    ...[grant.id, grant.epoch, grant.validAfter, grant.validUntil],
    ...[grant.maxRequestValiditySeconds, grant.remainingDelegations, hashText(grant.delegateProfile)],
    ...[grant.requireNonReplayable, hashAll(grant.requiredComponents.map(hashText)), grant.parentGrantHash],
  ];
  const type = hashText(membersOf("Delegation") + membersOf("AudiencePermission"));
  return keccak256(encodeAbiParameters([{ type: "bytes32" }, ...WORDS], [type, ...words]));
}

/** The 66 bytes of EIP-712 that a grant comes to, on the chain of the account that can revoke it. */
export function grantSigningInput(grant: Grant, chainId: string): Hex {
  const separator = domainSeparator({ domain: { ...GRANT_DOMAIN, chainId: BigInt(chainId) } });
  return concatHex(["0x1901", separator, grantStructHash(grant)]);
}
