import { DELEGATED_TAG, FORMER_DRAFT, LIMITS, SIGNATURE_TAG } from "../constants.ts";
import { Refusal } from "../errors/refusal.ts";
import { parseDictionary } from "../fields/parse.ts";
import { FieldSyntaxError } from "../fields/syntaxError.ts";
import type { Dictionary, Member } from "../fields/types.ts";
import type { Covered } from "./base.ts";
import { componentKey, stringOf } from "./components.ts";

/** A signature of this profile, read and not yet checked. */
export interface Candidate extends Covered {
  readonly label: string;
  /** The components, as they are compared with what has to be covered. */
  readonly keys: ReadonlySet<string>;
  readonly signature: Uint8Array;
  /** Whether it is by grants: no signature of one class is ever taken for one of the other. */
  readonly isDelegated: boolean;
  /** Whether it is of the form that the draft began with. */
  readonly isFormer: boolean;
}

/** Whether the last `tag` of the parameters says that this signature is one of this profile, by grants or not. */
function isOfThisProfile({ parameters }: Member): boolean {
  const tag = parameters.get("tag");
  return tag?.type === "string" && (tag.value === SIGNATURE_TAG || tag.value === DELEGATED_TAG);
}

/** Whether a signature is of the form that the draft began with: it says so by its account alone. */
function isOfFormerDraft({ parameters }: Member): boolean {
  return !parameters.has("tag") && (stringOf(parameters.get("keyid"))?.startsWith(FORMER_DRAFT.prefix) ?? false);
}

/**
 * All signatures of this profile, by grants or not, in their order. One that cannot be read is a refusal in its place, as a later
 * one may be good.
 *
 * @param takesFormer Whether signatures of the form that the draft began with are among them.
 * @returns A refusal instead where the fields as a whole cannot be read.
 */
export function parseCandidates(headers: Headers, takesFormer = false): readonly (Candidate | Refusal)[] | Refusal {
  const input = headers.get("signature-input");
  const signature = headers.get("signature");
  if (input === null || signature === null) {
    const missing = input === null ? "Signature-Input" : "Signature";
    return new Refusal("signature_missing", `The request has no \`${missing}\` field. Sign it.`);
  }
  if (input.length > LIMITS.fieldBytes || signature.length > LIMITS.fieldBytes) {
    return new Refusal("signature_too_large", `A signature field is longer than ${LIMITS.fieldBytes} bytes.`);
  }

  let inputs: Dictionary;
  let signatures: Dictionary;
  try {
    inputs = parseDictionary(input);
    signatures = parseDictionary(signature);
  } catch (error) {
    if (!(error instanceof FieldSyntaxError)) throw error;
    return new Refusal("signature_input_invalid", `A signature field cannot be read. ${error.message}`);
  }

  const tagged = [...inputs].filter(
    ([, member]) => isOfThisProfile(member) || (takesFormer && isOfFormerDraft(member)),
  );
  if (tagged.length > LIMITS.candidates) {
    const problem = `The request has ${tagged.length} signatures, and at most ${LIMITS.candidates} are looked at.`;
    return new Refusal("signature_too_large", problem);
  }
  return tagged.map(([label, member]) => candidateOf(label, member, signatures.get(label)));
}

function candidateOf(label: string, member: Member, correlated: Member | undefined): Candidate | Refusal {
  if (member.kind !== "list" || member.items.some(({ value }) => value.type !== "string")) {
    return new Refusal("signature_input_invalid", "A member of `Signature-Input` is no list of components.");
  }
  if (member.items.length > LIMITS.components) {
    const problem = `A signature covers ${member.items.length} components, and may cover ${LIMITS.components}.`;
    return new Refusal("signature_too_large", problem);
  }
  if (member.parameters.size > LIMITS.parameters) {
    const problem = `A signature has ${member.parameters.size} parameters, and may have ${LIMITS.parameters}.`;
    return new Refusal("signature_too_large", problem);
  }
  const keys = new Set(member.items.map(componentKey));
  if (keys.size < member.items.length) {
    return new Refusal("signature_input_invalid", "A signature covers a component twice.");
  }
  if (correlated?.kind !== "item" || correlated.value.type !== "bytes") {
    return new Refusal("signature_input_invalid", "A member of `Signature-Input` has no bytes in `Signature`.");
  }
  if (correlated.value.value.length > LIMITS.signatureBytes) {
    return new Refusal("signature_too_large", `A signature is longer than ${LIMITS.signatureBytes} bytes.`);
  }
  const { items: components, parameters } = member;
  const isDelegated = stringOf(parameters.get("tag")) === DELEGATED_TAG;
  // Only where they are taken does a signature without a tag get here.
  const isFormer = !parameters.has("tag");
  return { label, components, keys, parameters, signature: correlated.value.value, isDelegated, isFormer };
}
