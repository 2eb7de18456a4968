import { hashMessage } from "viem";
import { verifyAccount } from "../account/verifyAccount.ts";
import { EOA_MODE } from "../constants.ts";
import { isContentDigest } from "../digest/contentDigest.ts";
import { Refusal } from "../errors/refusal.ts";
import { signatureBase } from "../message/base.ts";
import type { Candidate } from "../message/candidates.ts";
import { stringOf } from "../message/components.ts";
import type { Message } from "../message/target.ts";
import { checkAccount, checkCoverage, checkNonce, checkTime } from "./checks.ts";
import type { Policy, Settings } from "./settings.ts";
import type { Caller } from "./types.ts";

/** A request, and what is demanded of it. */
export interface Case {
  readonly message: Message;
  readonly origin: string;
  /** The content, read when it is first asked for. */
  readonly content: () => Promise<Uint8Array<ArrayBuffer>>;
  readonly settings: Settings;
  readonly policy: Policy;
}

async function checkContent({ message, content, policy }: Case): Promise<Refusal | undefined> {
  const field = message.headers.get("content-digest");
  const bytes = await content();
  if (field === null) {
    if (bytes.length === 0 && !policy.isDigestRequired) return undefined;
    return new Refusal("content_digest_required", "The request has no `Content-Digest`. Add it, and cover it.");
  }
  if (await isContentDigest(field, bytes)) return undefined;
  return new Refusal("bad_content_digest", "`Content-Digest` is not that of the content, by `sha-256` or `sha-512`.");
}

async function checkPosture({ settings, policy }: Case, keyid: string, nonce?: string): Promise<Refusal | undefined> {
  if (nonce !== undefined) return undefined;
  if (policy.isNonceRequired) return new Refusal("nonce_required", "The signature has no `nonce`, and needs one here.");
  if ((await settings.isReplayAllowed?.(keyid)) ?? true) return undefined;
  return new Refusal("replayable_not_allowed", "This account may not leave out the `nonce`.");
}

/** A store that cannot say counts as one that cannot be asked: never as a yes. */
async function orUnavailable<T>(answer: () => T | Promise<T>): Promise<T | Refusal> {
  try {
    return await answer();
  } catch {
    return new Refusal("signature_verification_unavailable", "Whether the signature came before cannot be said now.");
  }
}

/**
 * One signature, from what is cheap to what costs a node's time. Its nonce comes last, and only for a request that is let in.
 */
export async function judge(candidate: Candidate, facts: Case): Promise<Caller | Refusal> {
  const { settings, policy, message, origin } = facts;
  const { parameters } = candidate;
  const identified = checkAccount(parameters, settings);
  if (identified instanceof Refusal) return identified;
  const { keyid, account, client } = identified;
  const window = checkTime(parameters, settings, policy, settings.now());
  if (window instanceof Refusal) return window;
  const replay = checkNonce(parameters);
  if (replay instanceof Refusal) return replay;
  const unfit =
    checkCoverage(candidate, message.headers, policy) ??
    (await checkContent(facts)) ??
    (((await settings.isPrincipalAllowed?.(keyid)) ?? true)
      ? undefined
      : new Refusal("principal_not_allowed", "This account is not let in.")) ??
    (await checkPosture(facts, keyid, replay.nonce));
  if (unfit !== undefined) return unfit;

  const base = signatureBase(message, candidate);
  if (base === undefined) {
    return new Refusal("bad_signature", "The signature covers a component that the request does not have.");
  }
  const hash = hashMessage({ raw: base });
  const isByKey = stringOf(parameters.get("mode")) === EOA_MODE;
  const { timeout } = settings;
  const question = { client, address: account.address, hash, signature: candidate.signature, isByKey, timeout };
  const verdict = await verifyAccount(question);
  if (verdict === "invalid")
    return new Refusal("bad_signature", "The signature is not that of the account for this request.");
  if (verdict === "unavailable") {
    return new Refusal(
      "signature_verification_unavailable",
      "The chain of the account cannot be asked now. Try again.",
    );
  }

  const { nonce } = replay;
  if (nonce === undefined) {
    const ended = await orUnavailable(
      () => settings.invalidations?.isInvalidated({ keyid, created: window.created, hash }) ?? false,
    );
    if (ended instanceof Refusal) return ended;
    if (ended) return new Refusal("replayable_not_allowed", "The account has ended this signature.");
  }
  const caller: Caller = {
    principal: keyid,
    signer: keyid,
    binding: "request-bound",
    replayable: nonce === undefined,
    expiresAt: window.expires,
    origin,
  };
  if (!((await policy.decide?.(caller)) ?? true)) {
    return new Refusal("access_denied", "The caller is known, and may not do this.");
  }

  // The clock again: a mark that has ended when it is made would be forgotten at once.
  const now = settings.now();
  if (now > window.until)
    return new Refusal("request_expired", "The signature ended while it was checked. Sign again.");
  if (nonce === undefined) return caller;
  const isFirst = await orUnavailable(() => settings.replay.consume({ keyid, nonce, until: window.until, now }));
  if (isFirst instanceof Refusal) return isFirst;
  return isFirst ? caller : new Refusal("nonce_reused", "The request came before. Sign it again, with a new nonce.");
}
