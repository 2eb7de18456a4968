// What a grant says, as it is typed.
import { UsageError } from "../errors/cliError.ts";

/** An https origin in its one form, several of them one by one. */
export function parseAudience(text: string, previous: readonly string[] = []): string[] {
  return [...previous, parseOrigin(text)];
}

/** "https://api.example"; what a browser would write behind it as well is left out. */
export function parseOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isOne = url?.href === `${url?.origin}/` && !url?.hostname.endsWith(".") && !url?.hostname.includes("*");
  if (url?.protocol === "https:" && isOne) return url.origin;
  const isLocal = url?.protocol === "http:";
  throw new UsageError(
    isLocal ? "Grants are for https origins alone." : "That is no origin for which something could be granted.",
    isLocal
      ? "Name the one that the server is told it has; tenure request --origin sends what is signed for it to this machine."
      : "Write https://api.example, without a path.",
  );
}

/** A token of RFC 9651, as the names of permissions are; several come one by one. */
export function parsePermission(text: string, previous: readonly string[] = []): string[] {
  if (/^[A-Za-z*][:/!#$%&'*+\-.^_`|~A-Za-z0-9]*$/.test(text) && text.length <= 256) return [...previous, text];
  throw new UsageError(
    `${text.length > 48 ? "That" : `"${text}"`} is not the name of a permission.`,
    "Those are as orders:read: a letter or *, then letters, digits and some signs, without a space.",
  );
}

/** How many levels of grants may come below. */
export function parseLevels(text: string): number {
  if (/^\d{1,2}$/.test(text)) return Number(text);
  throw new UsageError(`"${text.slice(0, 12)}" is not a number of levels.`, "Write a whole number from 0 to 99.");
}
