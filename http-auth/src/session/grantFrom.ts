import { bytesToHex } from "viem";
import { VALIDITY_FLOOR } from "../constants.ts";
import { InvalidOptionError } from "../errors/mistakes.ts";
import type { AudiencePermission, Grant } from "../grants/types.ts";
import { seconds } from "../sign/options.ts";
import type { GrantOptions } from "./types.ts";

/** Where a grant stands: whatever its own options do not say. */
export interface GrantPlace
  extends Pick<Grant, "issuer" | "delegate" | "delegateProfile" | "epoch" | "parentGrantHash"> {
  /** Seconds since 1970. */
  readonly now: number;
  /** The grant above, if there is one. */
  readonly parent: Grant | undefined;
}

const byBytes = (one: string, other: string) => (one < other ? -1 : Number(one > other));

/** In the order that the draft wants, each once, so that the same authority is signed in the same bytes. */
function audiencesOf({ audiences, permissions, audiencePermissions }: GrantOptions): readonly AudiencePermission[] {
  if ((audiences === undefined) === (audiencePermissions === undefined)) {
    throw new InvalidOptionError("audiences", "or `audiencePermissions` says where the grant is good: one of both.");
  }
  if (audiencePermissions !== undefined && permissions !== undefined) {
    throw new InvalidOptionError("permissions", "goes with `audiences`. `audiencePermissions` has its own.");
  }
  const entries = audiencePermissions ?? audiences?.map((audience) => ({ audience, permissions: permissions ?? [] }));
  return (entries ?? [])
    .map((entry) => ({ audience: entry.audience, permissions: [...new Set(entry.permissions)].sort(byBytes) }))
    .sort((one, other) => byBytes(one.audience, other.audience));
}

function windowOf({ validFor, validUntil, validAfter }: GrantOptions, { now, parent }: GrantPlace): [bigint, bigint] {
  if ((validFor === undefined) === (validUntil === undefined)) {
    throw new InvalidOptionError("validFor", "or `validUntil` says how long the grant is good: one of both.");
  }
  // A parent that begins a little later, by another clock, is no reason to refuse its child.
  const begin = validAfter ?? Math.max(now, Number(parent?.validAfter ?? 0n));
  const end = validFor === undefined ? validUntil : begin + seconds("validFor", validFor);
  return [BigInt(seconds("validAfter", begin)), BigInt(seconds("validUntil", end ?? 0))];
}

function levels(count: number): number {
  if (Number.isSafeInteger(count) && count >= 0 && count < 2 ** 32) return count;
  throw new InvalidOptionError("remainingDelegations", "is no number of levels, 0 or more.");
}

/** A grant out of options. Whether anybody could read it, and whether it narrows, is not looked at. */
export function grantFrom(options: GrantOptions, place: GrantPlace): Grant {
  const { issuer, delegate, delegateProfile, epoch, parentGrantHash, parent } = place;
  const [validAfter, validUntil] = windowOf(options, place);
  const longest = Math.min(VALIDITY_FLOOR, parent?.maxRequestValiditySeconds ?? VALIDITY_FLOOR);
  return {
    issuer,
    delegate,
    audiencePermissions: audiencesOf(options),
    id: options.id ?? bytesToHex(crypto.getRandomValues(new Uint8Array(32))),
    epoch,
    validAfter,
    validUntil,
    maxRequestValiditySeconds: seconds("maxRequestValidity", options.maxRequestValidity ?? longest),
    remainingDelegations: levels(options.remainingDelegations ?? 0),
    delegateProfile,
    requireNonReplayable: options.requireNonReplayable ?? parent?.requireNonReplayable ?? true,
    requiredComponents: options.requiredComponents ?? [],
    parentGrantHash,
  };
}
