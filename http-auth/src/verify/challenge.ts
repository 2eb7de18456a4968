import { AUTHENTICATION_SCHEME, SIGNATURE_TAG } from "../constants.ts";
import { AccessError, statusOf } from "../errors/accessError.ts";
import type { Refusal } from "../errors/refusal.ts";
import { serializeDictionary } from "../fields/serialize.ts";
import type { BareItem } from "../fields/types.ts";
import { plainComponent } from "../message/components.ts";
import { missingComponents, requiredComponents } from "../message/required.ts";
import type { Policy, Settings } from "./settings.ts";

function acceptSignature(request: Request, policy: Policy): string {
  const hasDigest = request.body !== null || policy.isDigestRequired;
  const digest = hasDigest ? [plainComponent("content-digest")] : [];
  const components = requiredComponents(request.headers, [...policy.requiredComponents, ...digest]);
  const flag = { type: "boolean", value: true } as const;
  const parameters = new Map<string, BareItem>([
    ["created", flag],
    ["expires", flag],
    ["tag", { type: "string", value: SIGNATURE_TAG }],
  ]);
  return serializeDictionary(new Map([["request", { kind: "list", items: components, parameters }]]));
}

/** A refusal as it is answered: with the challenge that every 401 has to have, and what would repair the signature. */
export function denialOf(refusal: Refusal, request: Request, settings: Settings, policy: Policy): AccessError {
  const { code, detail } = refusal;
  if (statusOf(code) !== 401) return new AccessError(code, detail);
  const headers: Record<string, string> = { "www-authenticate": `${AUTHENTICATION_SCHEME} error="${code}"` };
  if (code === "unsupported_chain") {
    const chains = [...settings.clients.keys()].map((chain) => `eip155:${chain}`);
    headers["www-authenticate"] += `, chains="${chains.join(" ")}"`;
  }
  const isMoreThanBaseline =
    missingComponents(requiredComponents(request.headers), policy.requiredComponents).length > 0 ||
    policy.isDigestRequired;
  if (code === "insufficient_coverage" || isMoreThanBaseline) {
    headers["accept-signature"] = acceptSignature(request, policy);
  }
  return new AccessError(code, detail, headers);
}
