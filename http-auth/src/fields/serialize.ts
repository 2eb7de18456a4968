import { encodeBase64 } from "./base64.ts";
import { FieldSyntaxError } from "./syntaxError.ts";
import type { BareItem, Dictionary, List, Member, Parameters } from "./types.ts";

function serializeDecimal(thousandths: number): string {
  const digits = String(Math.abs(thousandths)).padStart(4, "0");
  const fraction = digits.slice(-3).replace(/0{1,2}$/, "");
  return `${thousandths < 0 ? "-" : ""}${digits.slice(0, -3)}.${fraction}`;
}

function serializeDisplay(text: string): string {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => {
    const isPlain = byte >= 0x20 && byte <= 0x7e && byte !== 0x22 && byte !== 0x25;
    return isPlain ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, "0")}`;
  });
  return `%"${bytes.join("")}"`;
}

/** A value as the RFC writes it: one way for each value, so that both sides of a signature get the same bytes. */
export function serializeBareItem(item: BareItem): string {
  switch (item.type) {
    case "integer":
      return String(item.value);
    case "decimal":
      return serializeDecimal(item.thousandths);
    case "string":
      if (/[^\x20-\x7e]/.test(item.value)) {
        throw new FieldSyntaxError("A string has characters beyond visible ASCII.");
      }
      return /["\\]/.test(item.value) ? `"${item.value.replace(/["\\]/g, "\\$&")}"` : `"${item.value}"`;
    case "token":
      return item.value;
    case "bytes":
      return `:${encodeBase64(item.value)}:`;
    case "boolean":
      return item.value ? "?1" : "?0";
    case "date":
      return `@${item.value}`;
    case "display":
      return serializeDisplay(item.value);
  }
}

function serializeParameters(parameters: Parameters): string {
  let text = "";
  for (const [key, value] of parameters) {
    const isTrue = value.type === "boolean" && value.value;
    text += isTrue ? `;${key}` : `;${key}=${serializeBareItem(value)}`;
  }
  return text;
}

/** An item or an inner list, with its parameters. */
export function serializeMember(member: Member): string {
  const value =
    member.kind === "list" ? `(${member.items.map(serializeMember).join(" ")})` : serializeBareItem(member.value);
  return `${value}${serializeParameters(member.parameters)}`;
}

/** A whole field that is a list. */
export function serializeList(members: List): string {
  return members.map(serializeMember).join(", ");
}

/** A whole field that is a dictionary. */
export function serializeDictionary(members: Dictionary): string {
  return Array.from(members, ([key, member]) => {
    const isTrue = member.kind === "item" && member.value.type === "boolean" && member.value.value;
    return isTrue ? `${key}${serializeParameters(member.parameters)}` : `${key}=${serializeMember(member)}`;
  }).join(", ");
}
