import { NONCE_BYTES } from "../constants.ts";
import { contentDigest } from "../digest/contentDigest.ts";
import { UnsignableRequestError } from "../errors/mistakes.ts";
import { encodeBase64Url } from "../fields/base64.ts";
import { parseDictionary } from "../fields/parse.ts";
import { serializeDictionary, serializeMember } from "../fields/serialize.ts";
import { FieldSyntaxError } from "../fields/syntaxError.ts";
import type { BareItem, Dictionary, Item, Member, Parameters } from "../fields/types.ts";
import { signatureBase } from "../message/base.ts";
import { requiredComponents } from "../message/required.ts";
import { messageOf } from "../message/target.ts";
import type { Plan } from "./plan.ts";

/** The label of a signature where nobody asks for another one. It means nothing. */
const LABEL = "request";

/** What a verifier asked for, in the order in which it wants it. */
export interface Wanted {
  readonly label: string;
  readonly components: readonly Item[];
  readonly nonce: string | undefined;
  /** Whether the signature is to say its algorithm. */
  readonly hasAlgorithm: boolean;
}

function freshNonce(): string {
  return encodeBase64Url(crypto.getRandomValues(new Uint8Array(NONCE_BYTES)));
}

function parametersOf({ signer, expires, now }: Plan, nonce: string | null, hasAlgorithm: boolean): Parameters {
  const created = Math.floor(now() / 1_000);
  const parameters = new Map<string, BareItem>();
  const add = (name: string, value: string | null | undefined) => {
    if (value !== null && value !== undefined) parameters.set(name, { type: "string", value });
  };
  parameters.set("created", { type: "integer", value: created });
  parameters.set("expires", { type: "integer", value: expires(created) });
  add("nonce", nonce);
  add("keyid", signer.keyid);
  add("tag", signer.tag);
  add("mode", signer.mode);
  if (hasAlgorithm) add("alg", signer.algorithm);
  return parameters;
}

/** Other signatures of the request, which stay. */
function dictionaryIn(headers: Headers, field: string): Dictionary {
  try {
    return parseDictionary(headers.get(field) ?? "");
  } catch (error) {
    if (!(error instanceof FieldSyntaxError)) throw error;
    throw new UnsignableRequestError(`The request has a \`${field}\` already that cannot be read. Take it away.`);
  }
}

/**
 * A copy of a request with its content digested, and nothing signed yet. It is not redirected: its signature is for one target,
 * and whoever it were redirected to would get a signature that the first target has not used up.
 */
export async function prepare(request: Request, content: Uint8Array<ArrayBuffer>, plan: Plan): Promise<Request> {
  const headers = new Headers(request.headers);
  headers.delete("content-digest");
  for (const [name, value] of Object.entries(plan.fields)) headers.set(name, value);
  if (content.length > 0) headers.set("content-digest", await contentDigest(content));
  const redirect = request.redirect === "error" ? "error" : "manual";
  // A body of bytes brings no type of its own, so that the one that is covered is the one that is sent.
  return new Request(request.clone(), { headers, redirect, ...(content.length > 0 && { body: content }) });
}

/** The components that a signature of this request covers where nobody asks for others. */
export function componentsOf(prepared: Request, plan: Plan): readonly Item[] {
  return requiredComponents(prepared.headers, [...plan.demanded, ...plan.components], plan.baseline?.(prepared.url));
}

/** Signs a prepared request, which is changed by that. */
export async function sign(prepared: Request, plan: Plan, wanted?: Wanted): Promise<Request> {
  const label = wanted?.label ?? LABEL;
  const nonce = wanted?.nonce ?? (plan.nonce === undefined ? freshNonce() : plan.nonce);
  const covered = {
    components: wanted?.components ?? componentsOf(prepared, plan),
    parameters: parametersOf(plan, nonce, wanted?.hasAlgorithm ?? false),
  };
  const base = signatureBase(messageOf(prepared), covered);
  if (base === undefined) {
    const names = covered.components.map(serializeMember).join(" ");
    throw new UnsignableRequestError(`The request has no value for one of the components to be covered: ${names}.`);
  }
  const signature = await plan.signer.sign(base);

  const inputs = new Map(dictionaryIn(prepared.headers, "signature-input"));
  const signatures = new Map(dictionaryIn(prepared.headers, "signature"));
  const bytes: Member = { kind: "item", value: { type: "bytes", value: signature }, parameters: new Map() };
  inputs.set(label, { kind: "list", items: covered.components, parameters: covered.parameters });
  signatures.set(label, bytes);
  prepared.headers.set("signature-input", serializeDictionary(inputs));
  prepared.headers.set("signature", serializeDictionary(signatures));
  return prepared;
}
