import { GRANT_LIMITS, VALIDITY_FLOOR } from "../constants.ts";
import { InvalidOptionError } from "../errors/mistakes.ts";
import type { GuardOptions, GuardRoute } from "./types.ts";

/** Where a service says what its routes demand (ERC-8128, section 7). */
export const DISCOVERY_PATH = "/.well-known/erc8128";

/** Bytes of that document. Nobody reads more of it. */
const LONGEST = 65_536;

type Document = Readonly<Record<string, unknown>>;

/** Without what is not said. */
function said(members: Document): Document {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

const unlessEmpty = <T>(list: readonly T[] | undefined) => (list === undefined || list.length === 0 ? undefined : list);

function policyOf(route: GuardRoute, { delegation }: GuardOptions, origin: string): Document {
  const takesGrants = route.delegation === true && delegation !== undefined;
  const depth = Math.min(route.maxDepth ?? Number.POSITIVE_INFINITY, delegation?.maxDepth ?? GRANT_LIMITS.depth);
  const window = Math.min(
    route.maxGrantWindow ?? Number.POSITIVE_INFINITY,
    delegation?.maxGrantValidity ?? Number.POSITIVE_INFINITY,
  );
  return said({
    methods: unlessEmpty(route.methods),
    max_validity_sec: route.maxValidity ?? VALIDITY_FLOOR,
    required_components: unlessEmpty(route.requiredComponents),
    replay: route.isInvalidationEndpoint === true ? "non-replayable" : (route.replay ?? "non-replayable"),
    content_digest: route.contentDigest ?? "request-body",
    permissions: unlessEmpty(route.permissions),
    ...(takesGrants && {
      audience: origin.startsWith("https:") ? origin : undefined,
      max_depth: depth,
      max_grant_validity_sec: Number.isFinite(window) ? window : undefined,
    }),
  });
}

/** What is said at one of the origins, out of the same table that is enforced. */
function documentOf(options: GuardOptions, origin: string): Document {
  const { clients, delegation, routes, name, permissionDescriptions } = options;
  const invalidation = Object.entries(routes).find(([, entry]) =>
    [entry].flat().some(({ isInvalidationEndpoint }) => isInvalidationEndpoint),
  )?.[0];
  const isUrl = invalidation !== undefined && !/^default$|\*$/.test(invalidation) && origin.startsWith("https:");
  const policies = Object.entries(routes).map(([key, entry]) => {
    const list = [entry].flat().map((route: GuardRoute) => policyOf(route, options, origin));
    return [key, list.length === 1 ? list[0] : list] as const;
  });
  return said({
    max_validity_sec: VALIDITY_FLOOR,
    chains: clients.map(({ chain }) => `eip155:${chain?.id}`),
    invalidation_endpoint: isUrl ? `${origin}${invalidation}` : undefined,
    name,
    permissions: permissionDescriptions,
    delegation: delegation && {
      max_depth: delegation.maxDepth ?? GRANT_LIMITS.depth,
      registry_chains: Object.keys(delegation.registries).map((chain) => `eip155:${chain}`),
    },
    route_policies: Object.fromEntries(policies),
  });
}

/**
 * The documents by their origins, written once.
 *
 * @throws InvalidOptionError when one is longer than anybody reads.
 */
export function discoveryOf(options: GuardOptions): ReadonlyMap<string, string> {
  return new Map(
    options.origins.map((origin) => {
      const text = JSON.stringify(documentOf(options, origin));
      if (new TextEncoder().encode(text).length <= LONGEST) return [origin, text];
      throw new InvalidOptionError("routes", `comes to more than ${LONGEST} bytes at ${DISCOVERY_PATH}. Use prefixes.`);
    }),
  );
}
