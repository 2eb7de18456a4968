import { InvalidOptionError } from "../errors/mistakes.ts";
import type { GuardOptions, GuardRoute } from "./types.ts";

/** The route that a request falls under, or why there is none. */
export type Found =
  | { readonly key: string; readonly route: GuardRoute }
  | { readonly problem: "unknown_route" | "ambiguous_request" }
  | { readonly problem: "method_not_allowed"; readonly methods: readonly string[] };

const DEFAULT = "default";

/**
 * A path as the most generous of routers takes it: without case, without what encodes a character, without slashes that repeat or
 * end it, and without parameters behind a semicolon. `undefined` where even that is not one path.
 */
function loosened(path: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  const parts = decoded
    .replaceAll("\\", "/")
    .split("/")
    .map((part) => part.split(";")[0] ?? "")
    .filter((part) => part !== "");
  if (parts.some((part) => part === "." || part === "..")) return undefined;
  return `/${parts.join("/")}`.toLowerCase();
}

function checkKey(key: string): void {
  if (key === DEFAULT) return;
  const path = key.replace(/\/\*$/, "/");
  const url = URL.canParse(`https://a${path}`) ? new URL(`https://a${path}`) : undefined;
  const isPath = path.startsWith("/") && url?.href === `https://a${path}` && url.pathname === path;
  if (isPath && !/\*|\/\//.test(path) && loosened(path) !== undefined) return;
  throw new InvalidOptionError(
    "routes",
    `has the key ${JSON.stringify(key)}. Write \`/items\`, \`/items/*\` or \`default\`.`,
  );
}

/** Methods that the Fetch API writes in capitals, however a request has them. */
const CAPITALS: readonly string[] = ["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"];

/** An entry that no request can have would leave its method to what is demanded of the rest. */
function checkMethods(key: string, { methods = [] }: GuardRoute): void {
  const wrong = methods.find((method) => !CAPITALS.includes(method) && CAPITALS.includes(method.toUpperCase()));
  if (wrong === undefined) return;
  throw new InvalidOptionError("routes", `has the method ${JSON.stringify(wrong)} at ${key}. Write it in capitals.`);
}

/** Which key a path falls under, among some. A prefix ends in a slash. */
function keyOf(path: string, exact: ReadonlyMap<string, string>, prefixes: ReadonlyMap<string, string>) {
  const found = exact.get(path);
  if (found !== undefined) return found;
  const longest = [...prefixes.keys()]
    .filter((prefix) => path.startsWith(prefix))
    .sort((a, b) => b.length - a.length)[0];
  return longest === undefined ? DEFAULT : prefixes.get(longest);
}

/**
 * Makes the table of routes.
 *
 * @throws InvalidOptionError when a key is no path, or when some routers would take two for one.
 */
export function routeTable(routes: GuardOptions["routes"]): (method: string, path: string) => Found {
  const keys = Object.keys(routes);
  keys.forEach(checkKey);
  if (keys.length === 0) throw new InvalidOptionError("routes", "is empty: everybody would be refused.");
  for (const [key, entry] of Object.entries(routes)) {
    for (const route of [entry].flat()) checkMethods(key, route);
  }
  const paths = keys.filter((key) => key !== DEFAULT && !key.endsWith("/*"));
  const wild = keys.filter((key) => key.endsWith("/*"));
  const prefixOf = (key: string) => key.slice(0, -1);
  const looseOf = (key: string) => loosened(key) ?? key;
  const exact = new Map(paths.map((key) => [key, key]));
  const prefixes = new Map(wild.map((key) => [prefixOf(key), key]));
  const looseExact = new Map(paths.map((key) => [looseOf(key), key]));
  const loosePrefixes = new Map(wild.map((key) => [`${looseOf(prefixOf(key))}/`.replace("//", "/"), key]));
  if (looseExact.size < paths.length || loosePrefixes.size < wild.length) {
    throw new InvalidOptionError("routes", "has two keys that some routers take for one, such as `/a` and `/A/`.");
  }

  return (method, path) => {
    const key = keyOf(path, exact, prefixes) ?? DEFAULT;
    const loose = loosened(path);
    // Some routers have `/a/*`, or what is mounted at `/a`, for `/a` too, and for `/A/`.
    const readings = loose === undefined || looseExact.has(loose) ? [loose] : [loose, `${loose}/`];
    // Whichever way a framework reads the path, the same has to be demanded.
    const isOne = readings.every((reading) => reading && keyOf(reading, looseExact, loosePrefixes) === key);
    if (!isOne) return { problem: "ambiguous_request" };
    const entry = routes[key];
    if (entry === undefined) return { problem: "unknown_route" };
    const policies: readonly GuardRoute[] = "length" in entry ? entry : [entry];
    const named = (name: string) => policies.find(({ methods }) => methods?.includes(name));
    // Frameworks run the handler of a GET for a HEAD: what is demanded of the GET is not what is demanded of the rest.
    const isHidden = method === "HEAD" && named("GET") !== undefined;
    const rest = isHidden ? undefined : policies.find(({ methods }) => methods === undefined);
    const route = named(method) ?? rest;
    if (route !== undefined) return { key, route };
    return { problem: "method_not_allowed", methods: policies.flatMap(({ methods = [] }) => methods) };
  };
}
