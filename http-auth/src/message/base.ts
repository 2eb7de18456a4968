import { serializeMember } from "../fields/serialize.ts";
import { FieldSyntaxError } from "../fields/syntaxError.ts";
import type { Item, Parameters } from "../fields/types.ts";
import { componentValue } from "./component.ts";
import type { Message } from "./target.ts";

/** What a signature covers, and with which parameters, in their order. */
export interface Covered {
  readonly components: readonly Item[];
  readonly parameters: Parameters;
}

/** The value of `Signature-Input` for one signature, and the last line of its base. */
export function signatureParameters({ components, parameters }: Covered): string {
  return serializeMember({ kind: "list", items: components, parameters });
}

/**
 * The bytes that are signed, RFC 9421, section 2.5.
 *
 * @returns `undefined` where a covered component has no value here: such a signature cannot be checked.
 */
export function signatureBase(message: Message, covered: Covered): Uint8Array<ArrayBuffer> | undefined {
  const lines: string[] = [];
  for (const component of covered.components) {
    const value = valueOrNothing(message, component);
    if (value === undefined) return undefined;
    lines.push(`${serializeMember(component)}: ${value}`);
  }
  lines.push(`"@signature-params": ${signatureParameters(covered)}`);
  return new TextEncoder().encode(lines.join("\n"));
}

function valueOrNothing(message: Message, component: Item): string | undefined {
  try {
    return componentValue(message, component);
  } catch (error) {
    if (error instanceof FieldSyntaxError) return undefined;
    throw error;
  }
}
