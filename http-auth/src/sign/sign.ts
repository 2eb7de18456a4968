import { hexToBytes } from "viem";
import { formatAccountId } from "../account/accountId.ts";
import { EOA_MODE, NONCE_BYTES, SIGNATURE_TAG } from "../constants.ts";
import { contentDigest } from "../digest/contentDigest.ts";
import { UnsignableRequestError } from "../errors/mistakes.ts";
import { encodeBase64 } from "../fields/base64.ts";
import { parseDictionary } from "../fields/parse.ts";
import { serializeDictionary } from "../fields/serialize.ts";
import { FieldSyntaxError } from "../fields/syntaxError.ts";
import type { BareItem, Dictionary, Item, Member, Parameters } from "../fields/types.ts";
import { signatureBase } from "../message/base.ts";
import { requiredComponents } from "../message/required.ts";
import { messageOf } from "../message/target.ts";
import type { Plan } from "./options.ts";

/** The label of a signature where nobody asks for another one. It means nothing. */
const LABEL = "request";

/** What a verifier asked for, in the order in which it wants it. */
export interface Wanted {
  readonly label: string;
  readonly components: readonly Item[];
  readonly nonce: string | undefined;
}

function freshNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
  return encodeBase64(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function parametersOf({ account, chainId, validFor, isKey, now }: Plan, nonce: string | null): Parameters {
  const created = Math.floor(now() / 1_000);
  const parameters = new Map<string, BareItem>();
  parameters.set("created", { type: "integer", value: created });
  parameters.set("expires", { type: "integer", value: created + validFor });
  if (nonce !== null) parameters.set("nonce", { type: "string", value: nonce });
  parameters.set("keyid", { type: "string", value: formatAccountId(chainId, account.address) });
  parameters.set("tag", { type: "string", value: SIGNATURE_TAG });
  if (isKey) parameters.set("mode", { type: "string", value: EOA_MODE });
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

/** A copy of a request with its content digested, and nothing signed yet. */
export async function prepare(request: Request, content: Uint8Array<ArrayBuffer>): Promise<Request> {
  const headers = new Headers(request.headers);
  headers.delete("content-digest");
  if (content.length > 0) headers.set("content-digest", await contentDigest(content));
  // A body of bytes brings no type of its own, so that the one that is covered is the one that is sent.
  return new Request(request.clone(), { headers, ...(content.length > 0 && { body: content }) });
}

/** The components that a signature of this request covers where nobody asks for others. */
export function componentsOf(prepared: Request, plan: Plan): readonly Item[] {
  return requiredComponents(prepared.headers, plan.components);
}

/** Signs a prepared request, which is changed by that. */
export async function sign(prepared: Request, plan: Plan, wanted?: Wanted): Promise<Request> {
  const label = wanted?.label ?? LABEL;
  const nonce = wanted?.nonce ?? (plan.nonce === undefined ? freshNonce() : plan.nonce);
  const covered = {
    components: wanted?.components ?? componentsOf(prepared, plan),
    parameters: parametersOf(plan, nonce),
  };
  const base = signatureBase(messageOf(prepared), covered);
  if (base === undefined) {
    throw new UnsignableRequestError("The request has no value for one of the components that are to be covered.");
  }
  const signature = hexToBytes(await plan.account.signMessage({ message: { raw: base } }));

  const inputs = new Map(dictionaryIn(prepared.headers, "signature-input"));
  const signatures = new Map(dictionaryIn(prepared.headers, "signature"));
  const bytes: Member = { kind: "item", value: { type: "bytes", value: signature }, parameters: new Map() };
  inputs.set(label, { kind: "list", items: covered.components, parameters: covered.parameters });
  signatures.set(label, bytes);
  prepared.headers.set("signature-input", serializeDictionary(inputs));
  prepared.headers.set("signature", serializeDictionary(signatures));
  return prepared;
}
