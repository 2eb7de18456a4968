// What can be said of a signature without asking anybody. In the order in which the drafts have it.
import type { Client } from "viem";
import { type AccountId, parseAccountId } from "../account/accountId.ts";
import { FIELDS_COVERED_WHEN_PRESENT, FORMER_DRAFT, LIMITS } from "../constants.ts";
import { quote } from "../errors/quote.ts";
import { Refusal } from "../errors/refusal.ts";
import { serializeMember } from "../fields/serialize.ts";
import type { Item, Parameters } from "../fields/types.ts";
import type { Candidate } from "../message/candidates.ts";
import { componentKey, plainComponent, stringOf } from "../message/components.ts";
import type { Message } from "../message/target.ts";
import type { Demanded, Policy } from "./policy.ts";
import type { Settings } from "./settings.ts";
import type { Caller } from "./types.ts";

/** The account as it is written today, of a signature of the form that the draft began with. */
function accountOfFormer(keyid: string): string {
  return `eip155:${keyid.slice(FORMER_DRAFT.prefix.length)}`;
}

/** The account that a signature names, and whom to ask about it. */
export function checkAccount(
  { parameters, isFormer }: Pick<Candidate, "parameters" | "isFormer">,
  settings: Settings,
): { keyid: string; account: AccountId; client: Client } | Refusal {
  if (parameters.has("alg")) {
    return new Refusal("unsupported_algorithm", "The signature has `alg`, and this profile has none. Leave it out.");
  }
  const written = stringOf(parameters.get("keyid"));
  // One account has one name, so that no nonce of it passes in both forms.
  const keyid = isFormer && written !== undefined ? accountOfFormer(written) : written;
  const account = keyid === undefined ? undefined : parseAccountId(keyid);
  if (keyid === undefined || account === undefined) {
    const actual = written === undefined ? "no text" : quote(written);
    return new Refusal("invalid_keyid", `\`keyid\` is ${actual}. Write it as \`eip155:1:0x…\`, in lower case.`);
  }
  const client = settings.clients.get(account.chainId);
  if (client !== undefined) return { keyid, account, client };
  return new Refusal("unsupported_chain", `Accounts of chain ${account.chainId} are not served here.`);
}

/** From when to when a signature is good. */
export interface Window {
  readonly created: number;
  readonly expires: number;
  /** The last second in which it is accepted. */
  readonly until: number;
}

/** That it is the time of a signature. */
export function checkTime(parameters: Parameters, { clockSkew }: Settings, now: number): Window | Refusal {
  const created = parameters.get("created");
  const expires = parameters.get("expires");
  if (created?.type !== "integer" || expires?.type !== "integer" || expires.value <= created.value) {
    return new Refusal("invalid_time", "`created` and `expires` have to be integers, the second one greater.");
  }
  if (now < created.value - clockSkew) {
    const early = created.value - now;
    return new Refusal(
      "request_not_yet_valid",
      `The request is signed ${early} s ahead of this clock. Set yours right.`,
    );
  }
  const until = expires.value + clockSkew;
  if (now > until) {
    return new Refusal("request_expired", `The signature ended ${now - expires.value} s ago. Sign the request again.`);
  }
  return { created: created.value, expires: expires.value, until };
}

/** That a signature is valid for no longer than the route lets it. */
export function checkValidity({ created, expires }: Window, { maxValidity }: Policy): Refusal | undefined {
  const validity = expires - created;
  if (validity <= maxValidity) return undefined;
  const problem = `The signature is valid for ${validity} s, and may be for ${maxValidity} s.`;
  return new Refusal("request_validity_too_long", problem);
}

/** The nonce, or that there is none. */
export function checkNonce(parameters: Parameters): { nonce: string | undefined } | Refusal {
  const nonce = parameters.get("nonce");
  if (nonce === undefined) return { nonce };
  if (nonce.type === "string" && nonce.value.length <= LIMITS.nonceLength) return { nonce: nonce.value };
  return new Refusal("invalid_nonce", `\`nonce\` has to be a string of at most ${LIMITS.nonceLength} characters.`);
}

/** The fields that have to be covered where they are there, by the names and by what is compared. */
const FIELDS = FIELDS_COVERED_WHEN_PRESENT.map((name) => {
  const component = plainComponent(name);
  return { name, component, key: componentKey(component) };
});

/** What a signature lacks of what it has to cover. */
function missing({ keys }: Candidate, headers: Headers, demanded: Demanded): readonly Item[] {
  const lacking: Item[] = [];
  for (const [key, component] of demanded) if (!keys.has(key)) lacking.push(component);
  for (const { name, key, component } of FIELDS) {
    if (!keys.has(key) && headers.has(name)) lacking.push(component);
  }
  return lacking;
}

const FORMER_BASELINE = FORMER_DRAFT.components.map(plainComponent);
const QUERY = plainComponent("@query");
const DIGEST = plainComponent("content-digest");

/** The same of one of the form that the draft began with: what is not there need not be covered. */
function missingOfFormer({ keys }: Candidate, { query, headers }: Message, policy: Policy): readonly Item[] {
  const demanded = [...FORMER_BASELINE, ...policy.requiredComponents];
  if (query !== "?") demanded.push(QUERY);
  if (headers.has("content-digest")) demanded.push(DIGEST);
  return demanded.filter((component) => !keys.has(componentKey(component)));
}

function uncovered(components: readonly Item[]): Refusal {
  const names = components.map(serializeMember).join(" ");
  return new Refusal("insufficient_coverage", `The signature does not cover ${names}.`);
}

/** What a signature binds by what it covers, or that this is not enough here. */
export function checkCoverage(candidate: Candidate, message: Message, policy: Policy): Caller["binding"] | Refusal {
  const { headers } = message;
  if (candidate.isFormer) {
    const absent = missingOfFormer(candidate, message, policy);
    return absent.length === 0 ? "former-draft" : uncovered(absent);
  }
  const lacking = missing(candidate, headers, policy.requestBound);
  if (lacking.length === 0) return "request-bound";
  const { classBound } = policy;
  const left = classBound === undefined ? lacking : missing(candidate, headers, classBound);
  if (left.length === 0) return "class-bound";
  return uncovered(left);
}
