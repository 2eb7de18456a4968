import { parseAccountId } from "../account/accountId.ts";
import { InvalidOptionError } from "../errors/mistakes.ts";
import { decodeGrants } from "../grants/decodeGrants.ts";
import { encodeGrants } from "../grants/encodeGrants.ts";
import { checkChain } from "../grants/narrowing.ts";
import type { ChainedGrant, SignedGrant } from "../grants/types.ts";
import { checkedNonce } from "../sign/options.ts";
import { fetchBy, signedBy } from "../sign/signedBy.ts";
import { type AnySessionKey, sessionKeyOf } from "./createSessionKey.ts";
import { delegate } from "./delegate.ts";
import { WrongSessionKeyError } from "./errors.ts";
import { checkAudience, checkWindow, planOfSession, secondsOf } from "./plan.ts";
import { remember } from "./secrets.ts";
import type { Session, SessionKey, SessionRequestOptions } from "./types.ts";

/** What somebody was granted, and the key that it was granted to. */
export interface OpenSessionOptions extends SessionRequestOptions {
  /** The grants from the root to the one for this key: as they are, or the field that `delegate` answers. */
  readonly grants: string | readonly SignedGrant[];
  /** The key: one of `createSessionKey`, a pair of WebCrypto, a private JWK, or an account. */
  readonly key: AnySessionKey;
  /** Whether a key that comes as a JWK can be read out again. It cannot, where nothing is said. */
  readonly extractable?: boolean | undefined;
}

function leafOf(grants: readonly ChainedGrant[]): ChainedGrant {
  const leaf = grants.at(-1);
  if (leaf === undefined) throw new InvalidOptionError("grants", "is empty: nobody acts for anybody.");
  return leaf;
}

function checkKey({ delegateId, grant }: ChainedGrant, key: SessionKey): void {
  // Whether code of an account counts is up to the grant.
  if (key.keyid !== delegateId) throw new WrongSessionKeyError(delegateId, key.keyid);
  if (key.profile.startsWith("erc8128") !== grant.delegateProfile.startsWith("erc8128")) {
    throw new WrongSessionKeyError(grant.delegateProfile, key.profile);
  }
}

/**
 * Opens a session by grants that were received, in the process of whoever was granted something.
 *
 * @param options Grants, key, and how requests are sent.
 * @returns The session. Nobody was asked whether the grants are signed, or revoked: whoever verifies its requests does.
 * @throws GrantError when the grants cannot be read, or do not hold.
 * @throws WrongSessionKeyError when they are for another key.
 * @throws InvalidOptionError when the options cannot work.
 */
export async function openSession(options: OpenSessionOptions): Promise<Session> {
  const { now = Date.now, revocations, extractable = false } = options;
  const field = typeof options.grants === "string" ? options.grants : encodeGrants(options.grants);
  const grants = decodeGrants(field);
  checkChain(grants);
  const leaf = leafOf(grants);
  const [root] = grants;
  const chainId = parseAccountId(leaf.delegateId)?.chainId ?? "0";
  const key = await sessionKeyOf(options.key, { chainId, profile: leaf.grant.delegateProfile, extractable });
  checkKey(leaf, key);
  const plan = planOfSession(key, grants, leaf, options);
  const send = fetchBy(plan, options.fetch);
  const isReplayable = grants.every(({ grant }) => !grant.requireNonReplayable);
  const expiresAt = Number(leaf.grant.validUntil);
  const principal = root?.grant.issuer ?? "";

  const session: Session = Object.freeze({
    keyid: key.keyid,
    principal,
    grant: leaf,
    grants,
    expiresAt,
    async fetch(input: Request | string | URL, init?: RequestInit) {
      const request = new Request(input, init);
      checkAudience(leaf, request);
      return send(request);
    },
    async signRequest(request: Request, { nonce }: { nonce?: string | null | undefined } = {}) {
      checkAudience(leaf, request);
      if (nonce === null && !isReplayable) {
        throw new InvalidOptionError("nonce", "may not be left out: a grant demands that each request comes once.");
      }
      return signedBy({ ...plan, nonce: checkedNonce(nonce) }, request);
    },
    async delegate(child) {
      const second = secondsOf(now);
      checkWindow(leaf, second);
      return delegate({ key, grants, leaf, revocations, now: second }, child);
    },
    toJSON: () => ({ keyid: key.keyid, principal, expiresAt, grants: field }),
  } satisfies Session);
  remember(session, key);
  return session;
}
