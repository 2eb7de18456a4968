import { planOf, type SignOptions } from "./options.ts";
import { type Fetch, fetchBy, type Send } from "./signedBy.ts";

/** How requests are signed, and what sends them. */
export interface SignedFetchOptions extends SignOptions {
  /** The platform's `fetch` where nothing is said. It gets requests whose `redirect` is `manual`, and must not follow any. */
  readonly fetch?: Send | undefined;
}

/**
 * Makes a `fetch` that signs every request.
 *
 * Where a 401 says in `Accept-Signature` what else is to be covered, or which nonce to use, the request is signed and sent once
 * more. Content is kept in memory until then, up to `contentLimit`. No redirect is followed: a signature is for one target, and
 * would be handed to another one before the first has used it up.
 *
 * @param options Who signs, and how.
 * @returns A function that is called as `fetch` is, and fails as {@link signRequest} and `fetch` do, and by `RedirectedError`.
 * @throws InvalidOptionError when nobody could accept what these options make.
 */
export function createSignedFetch(options: SignedFetchOptions): Fetch {
  return fetchBy(planOf(options), options.fetch);
}
