import type { Hex } from "viem";
import { GRANT_FIELD } from "../../src/constants.ts";
import { parseDictionary } from "../../src/fields/parse.ts";
import { chained, inheritedFrom } from "../../src/grants/chain.ts";
import { encodeLink } from "../../src/grants/link.ts";
import type { ChainedGrant, Grant } from "../../src/index.ts";
import { signatureBase } from "../../src/message/base.ts";
import { messageOf } from "../../src/message/target.ts";
import { type GrantKey, grantKeys } from "./grantKeys.ts";
import { grantVectors, vectorField, vectorGrant } from "./grantVectors.ts";
import { inBase64 } from "./signers.ts";

/** A grant to be signed: one of the vectors, with what differs. */
export interface GrantPlan {
  /** A grant of the vectors. */
  like: string;
  /** Whom it is for. */
  to: GrantKey;
  change?: Partial<Grant>;
  /** Who signs it; the delegate of the one above, or the root, where nothing is said. */
  by?: GrantKey;
  /** Signs it in another way. */
  prove?: (grant: ChainedGrant) => Promise<Hex>;
}

/** A chain of grants, each signed anew for its place. */
export async function signedChain(...plans: readonly GrantPlan[]): Promise<{ field: string; grants: ChainedGrant[] }> {
  const grants: ChainedGrant[] = [];
  const links: string[] = [];
  for (const [index, { like, to, change = {}, by, prove }] of plans.entries()) {
    const parent = grants.at(-1);
    const inherited = inheritedFrom(parent);
    const { issuer = grantKeys.root.delegate, epoch = vectorGrant(like).grant.epoch } = inherited;
    const grant: Grant = {
      ...vectorGrant(like).grant,
      ...{ issuer, epoch, delegate: to.delegate, delegateProfile: to.delegateProfile },
      ...(parent && { parentGrantHash: parent.digest }),
      ...change,
    };
    const signer = by ?? (index === 0 ? grantKeys.root : plans[index - 1]?.to) ?? to;
    const unsigned = chained({ grant, signature: "0x00" }, parent);
    const signature = await (prove ?? signer.prove)(unsigned);
    grants.push({ ...unsigned, signature });
    links.push(`g${index}=:${inBase64(encodeLink({ grant, signature }, inherited))}:`);
  }
  return { field: links.join(", "), grants };
}

/** What differs from the request of the vectors. */
export interface RequestChange {
  target?: string;
  host?: string;
  method?: string;
  body?: string;
  headers?: Readonly<Record<string, string>>;
  /** Changes `Signature-Input` before it is signed. */
  input?: (text: string) => string;
  /** Changes it afterwards. */
  inputAfter?: (text: string) => string;
  /** Signs in another way. */
  sign?: (base: Uint8Array) => Promise<Hex>;
}

/** The vectors' request, signed by a key by some grants. */
export async function grantedRequest(field: string, key: GrantKey, keyid: string, change: RequestChange = {}) {
  const { input: template } = vectorFields("single");
  const { target = "/resource?x=1", host = "api.example", method = "GET", body, headers = {} } = change;
  const text = (change.input ?? ((same) => same))(template.replace(/keyid="[^"]+"/, `keyid="${keyid}"`));
  const all = { ...headers, [GRANT_FIELD]: field };
  const make = (more: Readonly<Record<string, string>> = {}) =>
    new Request(`https://${host}${target}`, {
      method,
      headers: { ...all, ...more },
      ...(body !== undefined && { body }),
    });
  const member = parseDictionary(text).get("request");
  if (member?.kind !== "list") throw new Error("no list");
  const base = signatureBase(messageOf(make()), { components: member.items, parameters: member.parameters });
  if (base === undefined) throw new Error("no base");
  const signature = await (change.sign ?? key.sign)(base);
  return make({
    "signature-input": (change.inputAfter ?? ((same) => same))(text),
    signature: `request=:${inBase64(signature)}:`,
  });
}

/** The fields of a request of the vectors. */
export function vectorFields(name: string): { input: string; signature: string; field: string } {
  const vector = grantVectors.requests[name];
  if (vector === undefined) throw new Error(`no request ${name}`);
  return {
    input: vector.signatureInput,
    signature: vector.signature,
    field: vectorField(...vector.delegation),
  };
}

/** A request of the vectors, as it stands there, with other fields. */
export function vectorGrantRequest(
  name: string,
  change: { field?: string; input?: (text: string) => string; signature?: string } = {},
): Request {
  const { input, signature, field } = vectorFields(name);
  return new Request("https://api.example/resource?x=1", {
    headers: {
      [GRANT_FIELD]: change.field ?? field,
      "signature-input": (change.input ?? ((same) => same))(input),
      signature: change.signature ?? signature,
    },
  });
}

/** The request of the vectors by a chain made anew, signed by its last delegate. */
export async function requestBy(plans: readonly GrantPlan[], change: RequestChange = {}): Promise<Request> {
  const { field, grants } = await signedChain(...plans);
  const [leaf, last] = [plans.at(-1)?.to, grants.at(-1)];
  if (leaf === undefined || last === undefined) throw new Error("no grant");
  return grantedRequest(field, leaf, last.delegateId, change);
}
