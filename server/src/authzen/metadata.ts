import { METADATA_NAMES, METADATA_PATH, PATHS } from "./constants.ts";
import type { Metadata } from "./schemas.ts";

/** Thrown when the decision point cannot be at the address that it is told. */
export class InvalidAddressError extends Error {
  override readonly name = "InvalidAddressError";
  constructor(address: string) {
    super(
      `The public URL is ${JSON.stringify(address)}. Write it as https://pdp.example, with a path if there is one, and with no ` +
        "query. http is for 127.0.0.1, [::1] and localhost.",
    );
  }
}

const LOCAL = new Set(["127.0.0.1", "[::1]", "localhost"]);

/**
 * The URL of the decision point, and the path of it.
 *
 * @throws InvalidAddressError when it is no https URL, and none of this machine.
 */
export function addressFrom(publicUrl: string): { origin: string; path: string } {
  const url = URL.canParse(publicUrl) ? new URL(publicUrl) : undefined;
  if (url === undefined) throw new InvalidAddressError(publicUrl);
  const isSafe = url.protocol === "https:" || (url.protocol === "http:" && LOCAL.has(url.hostname));
  const isPlain = url.search === "" && url.hash === "" && url.username === "" && url.password === "";
  if (!isSafe || !isPlain) throw new InvalidAddressError(publicUrl);
  return { origin: url.origin, path: url.pathname.replace(/\/+$/, "") };
}

/** Where the metadata is of a decision point at a path: the well-known part comes before it. */
export const metadataPathOf = (path: string): string => `${METADATA_PATH}${path}`;

/** What a decision point says about itself. Without search it says nothing of search, as it would not answer. */
export function metadataOf(url: string, hasSearch: boolean): Metadata {
  const endpoints = Object.entries(METADATA_NAMES)
    .filter(([name]) => hasSearch || !name.endsWith("Search"))
    .map(([name, parameter]) => [parameter, `${url}${PATHS[name as keyof typeof PATHS]}`]);
  return { policy_decision_point: url, ...Object.fromEntries(endpoints) };
}
