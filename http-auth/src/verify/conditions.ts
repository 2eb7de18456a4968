// What a request has to fulfil before its signature is checked, whoever signed it, as far as somebody has to be asked.
import { isContentDigest, isSameDigest } from "../digest/contentDigest.ts";
import { Refusal } from "../errors/refusal.ts";
import type { Case } from "./case.ts";

/** That the content is the one that was signed. */
export async function checkContent({ message, content, foundDigest, policy }: Case): Promise<Refusal | undefined> {
  const field = message.headers.get("content-digest");
  const bytes = foundDigest === undefined ? await content() : undefined;
  if (field === null) {
    if (bytes?.length === 0 && !policy.isDigestRequired) return undefined;
    return new Refusal("content_digest_required", "The request has no `Content-Digest`. Add it, and cover it.");
  }
  const holds = bytes === undefined ? isSameDigest(field, foundDigest ?? "") : await isContentDigest(field, bytes);
  if (holds) return undefined;
  return new Refusal("bad_content_digest", "`Content-Digest` is not that of the content, by `sha-256` or `sha-512`.");
}

/** That the platform has to do with an account at all. */
export async function checkPrincipal({ settings }: Case, principal: string): Promise<Refusal | undefined> {
  const { isPrincipalAllowed } = settings;
  // Whatever is not `true` is no yes, such as what a map says of an account that is not in it.
  if (isPrincipalAllowed === undefined || (await isPrincipalAllowed(principal)) === true) return undefined;
  return new Refusal("principal_not_allowed", "This account is not let in.");
}

/** That a request without a nonce may be without one. */
export async function checkPosture({ settings, policy }: Case, principal: string): Promise<Refusal | undefined> {
  if (policy.isNonceRequired) return new Refusal("nonce_required", "The signature has no `nonce`, and needs one here.");
  const { isReplayAllowed } = settings;
  if (isReplayAllowed === undefined || (await isReplayAllowed(principal)) === true) return undefined;
  return new Refusal("replayable_not_allowed", "This account may not leave out the `nonce`.");
}
