import { CLOCK_SKEW, CONTENT_LIMIT, DELEGATED_TAG, GRANT_FIELD, VALIDITY_FLOOR } from "../constants.ts";
import { isAccountProfile } from "../grants/delegate.ts";
import { encodeGrants } from "../grants/encodeGrants.ts";
import type { ChainedGrant } from "../grants/types.ts";
import { componentFrom, seconds } from "../sign/options.ts";
import type { Plan } from "../sign/plan.ts";
import { OutsideAudienceError, SessionEndedError } from "./errors.ts";
import type { SessionKey, SessionRequestOptions } from "./types.ts";

/** Seconds since 1970. */
export const secondsOf = (now: () => number) => Math.floor(now() / 1_000);

/**
 * Clocks may be apart where a grant begins: whoever got it may be a little behind whoever signed it.
 *
 * @throws SessionEndedError when the last of the grants is not good now.
 */
export function checkWindow({ grant }: ChainedGrant, now: number): void {
  const [validAfter, validUntil] = [Number(grant.validAfter), Number(grant.validUntil)];
  if (now < validAfter - CLOCK_SKEW || now >= validUntil) throw new SessionEndedError(validAfter, validUntil, now);
}

/** @throws OutsideAudienceError when the last of the grants does not name the origin of the request. */
export function checkAudience({ grant }: ChainedGrant, request: Request): void {
  const { origin } = new URL(request.url);
  const audiences = grant.audiencePermissions.map(({ audience }) => audience);
  if (!audiences.includes(origin)) throw new OutsideAudienceError(origin, audiences);
}

/** How a session's requests are signed: within everything that any of its grants demands. */
export function planOfSession(
  key: SessionKey,
  grants: readonly ChainedGrant[],
  leaf: ChainedGrant,
  options: SessionRequestOptions,
): Plan {
  const { contentLimit = CONTENT_LIMIT, now = Date.now } = options;
  const longest = leaf.grant.maxRequestValiditySeconds;
  const asked = seconds("requestValidity", options.requestValidity ?? Math.min(VALIDITY_FLOOR, longest));
  const validity = Math.min(asked, longest);
  const until = Number(leaf.grant.validUntil);
  const required = grants.flatMap(({ grant }) => grant.requiredComponents);
  return {
    signer: {
      keyid: key.keyid,
      tag: DELEGATED_TAG,
      mode: undefined,
      algorithm: isAccountProfile(key.profile) ? undefined : key.profile,
      sign: key.signRequest,
    },
    fields: { [GRANT_FIELD]: encodeGrants(grants) },
    nonce: undefined,
    demanded: [`${GRANT_FIELD};sf`, ...required].map(componentFrom),
    components: (options.components ?? []).map(componentFrom),
    contentLimit,
    expires: (created) => {
      checkWindow(leaf, created);
      return Math.min(created + validity, until);
    },
    now,
  };
}
