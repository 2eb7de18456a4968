import { digestOf } from "./results.ts";

/** Names all these mistakes at once, and with them the texts that they were put into: in the report, and for its test. */
export const originOf = (keys: readonly string[]): string => `Made from \`${digestOf(keys.join("\n"))}\`.`;

/** A file, as the report names it. */
export const short = (file: string): string => file.replace("contracts/", "");

/** How the report's line for a file begins: with the digest of the text that was changed. */
export const rowHead = (file: string, content: string): string => `| ${short(file)} | \`${digestOf(content)}\` |`;
