import { parseDictionary, parseItem, parseList } from "../fields/parse.ts";
import { serializeDictionary, serializeList, serializeMember } from "../fields/serialize.ts";

const dictionary = (value: string) => serializeDictionary(parseDictionary(value));
const list = (value: string) => serializeList(parseList(value));
const item = (value: string) => serializeMember(parseItem(value));

/**
 * Fields of requests whose structure is known, and the one way to write each: those that IANA's registry of fields calls
 * structured, and those of the drafts. What is not here cannot be covered by `;sf`, as nobody could say what it is.
 */
const STRUCTURED_FIELDS: Readonly<Record<string, (value: string) => string>> = {
  ...{ "accept-signature": dictionary, "content-digest": dictionary, "repr-digest": dictionary },
  ...{ "want-content-digest": dictionary, "want-repr-digest": dictionary, priority: dictionary },
  ...{ signature: dictionary, "signature-input": dictionary, "erc-8128-delegation": dictionary },
  ...{ "client-cert": item, "client-cert-chain": list, "capsule-protocol": item, "idempotency-key": item },
};

/** Whether `;sf` can be asked of a field. */
export function isStructured(name: string): boolean {
  return Object.hasOwn(STRUCTURED_FIELDS, name);
}

/**
 * The one way to write the value of such a field.
 *
 * @throws FieldSyntaxError when it cannot be read.
 */
export function strictly(name: string, value: string): string | undefined {
  return isStructured(name) ? STRUCTURED_FIELDS[name]?.(value) : undefined;
}
