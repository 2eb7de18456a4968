import { AUTHENTICATION_SCHEME, LIMITS } from "../constants.ts";
import { parseDictionary } from "../fields/parse.ts";
import { FieldSyntaxError } from "../fields/syntaxError.ts";
import type { Dictionary, Item } from "../fields/types.ts";
import { signatureBase } from "../message/base.ts";
import { componentKey, stringOf } from "../message/components.ts";
import { missingComponents, requiredComponents } from "../message/required.ts";
import { messageOf } from "../message/target.ts";
import type { Plan } from "./plan.ts";
import type { Wanted } from "./sign.ts";

/** In whichever order: what was refused in one is not taken in another. */
function isSame(one: readonly Item[], other: readonly Item[]): boolean {
  return one.map(componentKey).sort().join() === other.map(componentKey).sort().join();
}

/**
 * What a 401 asks for that was not sent yet. A verifier can ask for more than the baseline, or for a nonce of its own; one
 * that asks for less gets nothing: a signature that covers less is good for more requests than this one. So does one that asks
 * for another algorithm: a key has one.
 */
export function wantedOf(response: Response, prepared: Request, plan: Plan, sent: readonly Item[]): Wanted | undefined {
  const isOurs = new RegExp(`(?:^|,)\\s*${AUTHENTICATION_SCHEME}(?:\\s|,|$)`, "i");
  if (response.status !== 401 || !isOurs.test(response.headers.get("www-authenticate") ?? "")) return undefined;
  const { tag, algorithm } = plan.signer;
  const least = requiredComponents(prepared.headers, plan.demanded);
  for (const [label, member] of readAsked(response.headers)) {
    if (member.kind !== "list" || stringOf(member.parameters.get("tag")) !== tag) continue;
    const hasAlgorithm = member.parameters.has("alg");
    if (hasAlgorithm && stringOf(member.parameters.get("alg")) !== algorithm) continue;
    const components = member.items;
    const nonce = stringOf(member.parameters.get("nonce"));
    if (nonce !== undefined && nonce.length > LIMITS.nonceLength) continue;
    if (components.length > LIMITS.components || missingComponents(components, least).length > 0) continue;
    if (new Set(components.map(componentKey)).size < components.length) continue;
    if (signatureBase(messageOf(prepared), { components, parameters: new Map() }) === undefined) continue;
    if (nonce === undefined && isSame(components, sent)) continue;
    return { label, components, nonce, hasAlgorithm };
  }
  return undefined;
}

function readAsked(headers: Headers): Dictionary {
  const field = headers.get("accept-signature") ?? "";
  if (field.length > LIMITS.fieldBytes) return new Map();
  try {
    return parseDictionary(field);
  } catch (error) {
    if (error instanceof FieldSyntaxError) return new Map();
    throw error;
  }
}
