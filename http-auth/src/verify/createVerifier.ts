import { readContent } from "../digest/content.ts";
import { AccessError, statusOf } from "../errors/accessError.ts";
import { ContentTooLargeError } from "../errors/mistakes.ts";
import { Refusal } from "../errors/refusal.ts";
import { parseCandidates } from "../message/candidates.ts";
import { messageOf } from "../message/target.ts";
import { denialOf } from "./challenge.ts";
import { type Case, judge } from "./judge.ts";
import { policyOf, type Settings, settingsOf } from "./settings.ts";
import type { Verifier, VerifierOptions } from "./types.ts";

/** Where a request was sent. Its host may only choose among what is configured. */
function originOf(request: Request, { origins }: Settings): string | Refusal {
  const [only, ...others] = origins;
  if (only !== undefined && others.length === 0) return only;
  const { host } = new URL(request.url);
  const found = origins.find((origin) => new URL(origin).host === host);
  return found ?? new Refusal("misdirected_request", "The request is for a host that is not served here.");
}

/** The content, read once however often it is asked for. */
function onceRead(request: Request, limit: number): Case["content"] {
  let content: ReturnType<Case["content"]> | undefined;
  return () => {
    content ??= readContent(request, limit).catch((error: unknown) => {
      if (!(error instanceof ContentTooLargeError)) throw error;
      throw new AccessError("content_too_large", error.message);
    });
    return content;
  };
}

/**
 * Makes what tells a platform who sent a request, before any of its own code runs.
 *
 * @param options Chains, origins, and where nonces are used up.
 * @returns A verifier.
 * @throws InvalidOptionError when the options cannot work.
 */
export function createVerifier(options: VerifierOptions): Verifier {
  const settings = settingsOf(options);
  policyOf(settings, options.policy ?? {});
  return {
    async verify(request, route = {}) {
      const policy = policyOf(settings, { ...options.policy, ...route });
      const deny = (refusal: Refusal) => denialOf(refusal, request, settings, policy);
      const origin = originOf(request, settings);
      if (origin instanceof Refusal) throw deny(origin);
      const candidates = parseCandidates(request.headers);
      if (candidates instanceof Refusal) throw deny(candidates);

      const content = onceRead(request, settings.contentLimit);
      const facts: Case = { message: messageOf(request, origin), origin, content, settings, policy };
      const refusals: Refusal[] = [];
      for (const candidate of candidates) {
        const outcome = candidate instanceof Refusal ? candidate : await judge(candidate, facts);
        if (!(outcome instanceof Refusal)) return outcome;
        refusals.push(outcome);
      }
      const unavailable = refusals.find(({ code }) => statusOf(code) === 503);
      const none = new Refusal("no_acceptable_signature", "No signature of the request is one of this profile.");
      throw deny(unavailable ?? refusals[0] ?? none);
    },
  };
}
