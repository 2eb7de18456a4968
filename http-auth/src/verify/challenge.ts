import { ACCOUNT_PROFILES, AUTHENTICATION_SCHEME, DELEGATED_TAG, GRANT_FIELD, SIGNATURE_TAG } from "../constants.ts";
import { AccessError, statusOf } from "../errors/accessError.ts";
import type { AccessCode, Refusal } from "../errors/refusal.ts";
import { serializeDictionary } from "../fields/serialize.ts";
import type { BareItem, InnerList, Item } from "../fields/types.ts";
import { parseComponent, plainComponent } from "../message/components.ts";
import { missingComponents, requiredComponents } from "../message/required.ts";
import type { Policy } from "./policy.ts";
import type { Settings } from "./settings.ts";

/** What an answer is to: the request, and where it was taken to have been sent. */
export interface Asked {
  readonly request: Request;
  readonly origin: string | undefined;
}

/** What would have to be signed, as `Accept-Signature` says it. */
function wanted(components: readonly Item[], tag: string, alg?: string): InnerList {
  const flag = { type: "boolean", value: true } as const;
  const parameters = new Map<string, BareItem>([
    ["created", flag],
    ["expires", flag],
  ]);
  if (alg !== undefined) parameters.set("alg", { type: "string", value: alg });
  parameters.set("tag", { type: "string", value: tag });
  return { kind: "list", items: components, parameters };
}

function acceptSignature({ request }: Asked, { delegation }: Settings, policy: Policy): string {
  // Servers have a body for every POST, also where nothing is in it.
  const hasContent = request.body !== null && request.headers.get("content-length") !== "0";
  const hasDigest = hasContent || policy.isDigestRequired;
  const digest = hasDigest ? [plainComponent("content-digest")] : [];
  const components = requiredComponents(request.headers, [...policy.requiredComponents, ...digest]);
  const members = new Map([["request", wanted(components, SIGNATURE_TAG)]]);
  if (policy.takesGrants && delegation !== undefined) {
    const withGrants = [...components, parseComponent(`${GRANT_FIELD};sf`)];
    members.set("delegated", wanted(withGrants, DELEGATED_TAG));
    // Without `alg` it means accounts: each other kind of key has a member of its own.
    const keys = delegation.profiles.filter((profile) => !ACCOUNT_PROFILES.includes(profile));
    for (const alg of keys) members.set(`delegated-${alg}`, wanted(withGrants, DELEGATED_TAG, alg));
  }
  return serializeDictionary(members);
}

/** Refusals after which other grants would do, which the challenge then describes (ERC-8395, section 6.1). */
const ABOUT_AUTHORITY: readonly AccessCode[] = [
  ...(["insufficient_permissions", "audience_mismatch", "grant_validity_too_long"] as const),
  ...(["delegation_chain_too_long", "unsupported_delegate_profile"] as const),
];

/** Refusals after which another signature by the same grants would do. */
const ABOUT_COVERAGE: readonly AccessCode[] = ["insufficient_coverage", "delegation_not_covered"];

/** What grants have to be for this route, in quoted strings. */
function authorityOf({ origin }: Asked, { delegation }: Settings, policy: Policy): string {
  if (delegation === undefined || !policy.takesGrants) return "";
  const window = Math.min(policy.maxGrantWindow, delegation.maxGrantValidity);
  const depth = Math.min(policy.maxDepth, delegation.maxDepth);
  const isAudience = origin?.startsWith("https:") ?? false;
  return [
    ...(policy.permissions.length > 0 ? [`, permissions="${policy.permissions.join(" ")}"`] : []),
    ...(isAudience ? [`, audience="${origin}"`] : []),
    ...(Number.isFinite(window) ? [`, max_validity="${window}"`] : []),
    `, max_depth="${depth}"`,
  ].join("");
}

/** A refusal as it is answered: with the challenge that every 401 has to have, and what would repair the request. */
export function denialOf(refusal: Refusal, asked: Asked, settings: Settings, policy: Policy): AccessError {
  const { code, detail } = refusal;
  const isAboutAuthority = ABOUT_AUTHORITY.includes(code);
  if (statusOf(code) !== 401 && !isAboutAuthority) return new AccessError(code, detail);
  let challenge = `${AUTHENTICATION_SCHEME} error="${code}"`;
  if (code === "unsupported_chain") {
    const chains = [...settings.clients.keys()].map((chain) => `eip155:${chain}`);
    challenge += `, chains="${chains.join(" ")}"`;
  }
  if (isAboutAuthority) challenge += authorityOf(asked, settings, policy);
  const isMoreThanBaseline =
    missingComponents(requiredComponents(asked.request.headers), policy.requiredComponents).length > 0 ||
    policy.isDigestRequired;
  const headers: Record<string, string> = { "www-authenticate": challenge };
  if (isAboutAuthority || isMoreThanBaseline || ABOUT_COVERAGE.includes(code)) {
    headers["accept-signature"] = acceptSignature(asked, settings, policy);
  }
  return new AccessError(code, detail, headers);
}
