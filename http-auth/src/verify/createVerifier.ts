import { Presented } from "../delegation/presented.ts";
import { readContent } from "../digest/content.ts";
import { AccessError, statusOf } from "../errors/accessError.ts";
import { ContentTooLargeError } from "../errors/mistakes.ts";
import { Refusal } from "../errors/refusal.ts";
import { parseCandidates } from "../message/candidates.ts";
import { messageOf } from "../message/target.ts";
import type { Case } from "./case.ts";
import { denialOf } from "./challenge.ts";
import { judge } from "./judge.ts";
import { policyOf, withDefaults } from "./policy.ts";
import { type Settings, settingsOf } from "./settings.ts";
import type { Verifier, VerifierOptions } from "./types.ts";

/** Where a request was sent, if that is served here. Its host may only choose among what is configured. */
function originOf(request: Request, { origins }: Settings): string | undefined {
  const [only, ...others] = origins;
  if (others.length === 0) return only;
  const { host } = new URL(request.url);
  return origins.find((origin) => new URL(origin).host === host);
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
 * @param options Chains, origins, where nonces are used up, and whether and how grants are taken.
 * @returns A verifier.
 * @throws InvalidOptionError when the options cannot work.
 */
export function createVerifier(options: VerifierOptions): Verifier {
  const settings = settingsOf(options);
  policyOf(settings, options.policy ?? {});
  return {
    async verify(request, route = {}, foundDigest = undefined) {
      const policy = policyOf(settings, withDefaults(route, options.policy));
      const origin = originOf(request, settings);
      const deny = (refusal: Refusal) => denialOf(refusal, { request, origin }, settings, policy);
      if (origin === undefined) {
        throw deny(new Refusal("misdirected_request", "The request is for a host that is not served here."));
      }
      const candidates = parseCandidates(request.headers, settings.takesFormer);
      if (candidates instanceof Refusal) throw deny(candidates);

      const content = onceRead(request, settings.contentLimit);
      const presented = settings.delegation && new Presented(request.headers, settings.delegation, policy.maxDepth);
      const message = messageOf(request, origin);
      const facts: Case = { message, origin, content, foundDigest, settings, policy, presented };
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
