import { addressBook } from "@tenure/sdk";
import { type ConfigProblem, pathOf } from "./problems.ts";
import { isLocalHost, publicUrlProblem } from "./publicUrl.ts";

/**
 * Holds what a configuration says against the rest of it. It takes the configuration as it is written, whatever its types, so that
 * nothing of this stays hidden behind a mistake elsewhere; what has the wrong type is the schema's to tell.
 */
export function crossChecks(given: unknown): ConfigProblem[] {
  return [...ofChains(given), ...ofAddresses(given), ...ofCallers(given)];
}

function ofChains(given: unknown): ConfigProblem[] {
  const chains = listAt(given, "chains");
  const ids = chains.map((chain) => at(chain, "id"));
  const unknown = chains.flatMap((chain, index) => {
    const id = at(chain, "id");
    if (typeof id !== "number" || at(chain, "addresses") !== undefined || addressBook[id] !== undefined) return [];
    const message = `is missing, and the SDK knows no registries on chain ${id}. Say where they are.`;
    return [{ path: `chains[${index}].addresses`, message }];
  });
  const anchored = at(at(at(given, "log"), "anchor"), "chain");
  const message = `has to be one of the chains, ${ids.join(", ")} (it is ${String(anchored)}).`;
  const isKnown = typeof anchored !== "number" || ids.includes(anchored);
  return [
    ...twice(ids.map((id, index) => [pathOf(["chains", index, "id"]), id])),
    ...unknown,
    ...(isKnown ? [] : [{ path: "log.anchor.chain", message }]),
  ];
}

function ofAddresses(given: unknown): ConfigProblem[] {
  const publicUrl = at(given, "publicUrl");
  const host = at(at(given, "listen"), "host") ?? "127.0.0.1";
  const problem = typeof publicUrl === "string" ? publicUrlProblem(publicUrl) : undefined;
  const isUnsaid = publicUrl === undefined && typeof host === "string" && !isLocalHost(host);
  const unsaid = `is missing: say at which URL others reach what listens on ${String(host)}, such as https://pdp.example.`;
  const origins = listAt(at(given, "requests"), "origins").flatMap((origin, index) => {
    if (typeof origin !== "string" || !URL.canParse(origin) || new URL(origin).origin === origin) return [];
    const message =
      "has to be an origin, such as https://api.example, in lower case, with no path and no / at its end.";
    return [{ path: `requests.origins[${index}]`, message }];
  });
  return [
    ...(problem === undefined ? [] : [{ path: "publicUrl", message: `${problem}.` }]),
    ...(isUnsaid ? [{ path: "publicUrl", message: unsaid }] : []),
    ...origins,
  ];
}

/** Who asks, and by what the server tells them apart. */
function ofCallers(given: unknown): ConfigProblem[] {
  const points = listAt(given, "enforcementPoints");
  const operators = listAt(given, "operators");
  const publicUrl = at(given, "publicUrl");
  const isSignedTo = typeof publicUrl === "string" && publicUrl.startsWith("https:");
  const each = points.flatMap((point, index) => {
    if (typeof point !== "object" || point === null) return [];
    const own = `enforcementPoints[${index}]`;
    const signs = ["account", "identity"].filter((key) => at(point, key) !== undefined);
    if (signs.length === 0 && at(point, "tokenSha256") === undefined) {
      const message = "has to have tokenSha256, account or identity: nobody could be it otherwise.";
      return [{ path: own, message }];
    }
    if (isSignedTo) return [];
    const message =
      "is whose requests are signed, to a `publicUrl` that begins with https://. Say one, or use a token.";
    return signs.map((key) => ({ path: `${own}.${key}`, message }));
  });
  const named = (list: string, items: readonly unknown[], key: string) =>
    items.map((item, index): Said => [pathOf([list, index, key]), at(item, key)]);
  const tokens = points.flatMap((point, index) =>
    listAt(point, "tokenSha256").map(
      (hash, place): Said => [`enforcementPoints[${index}].tokenSha256[${place}]`, hash],
    ),
  );
  return [
    ...each,
    ...twice(named("enforcementPoints", points, "id")),
    ...twice(named("enforcementPoints", points, "account")),
    ...twice(named("enforcementPoints", points, "identity")),
    ...twice(named("operators", operators, "id")),
    ...twice([...tokens, ...named("operators", operators, "tokenSha256")], "is the same token as"),
  ];
}

/** A value, and where it stands. */
type Said = readonly [path: string, value: unknown];

/** What stands at two places, at the later of them. */
function twice(said: readonly Said[], words?: string): ConfigProblem[] {
  const first = new Map<unknown, string>();
  return said.flatMap(([path, value]) => {
    if (typeof value !== "string" && typeof value !== "number") return [];
    const before = first.get(value);
    if (before === undefined) first.set(value, path);
    if (before === undefined) return [];
    if (words !== undefined) return [{ path, message: `${words} ${before}. Give each its own.` }];
    return [{ path, message: `stands there twice (it is ${JSON.stringify(value)}).` }];
  });
}

function at(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const list = at(value, key);
  return Array.isArray(list) ? list : [];
}
