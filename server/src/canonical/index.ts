// One spelling for each value, and its hash.
export { canonicalJson, NotCanonicalError } from "./canonicalJson.ts";
export { hashOf } from "./hashOf.ts";
