import { BASELINE_COMPONENTS, GRANT_LIMITS, VALIDITY_FLOOR } from "../constants.ts";
import { InvalidOptionError, positive } from "../errors/mistakes.ts";
import { FieldSyntaxError } from "../fields/syntaxError.ts";
import type { Item } from "../fields/types.ts";
import { isToken } from "../grants/token.ts";
import { componentKey, parseComponent, plainComponent } from "../message/components.ts";
import type { Settings } from "./settings.ts";
import type { RoutePolicy } from "./types.ts";

/** What has to be covered, by what it is compared with. */
export type Demanded = ReadonlyMap<string, Item>;

/** A route's policy, with nothing left open. */
export interface Policy {
  readonly maxValidity: number;
  readonly requiredComponents: readonly Item[];
  /** What binds one request, with what the route requires beyond. */
  readonly requestBound: Demanded;
  /** What has to be covered at least; `undefined` where every signature has to bind one request. */
  readonly classBound: Demanded | undefined;
  readonly isDigestRequired: boolean;
  readonly isNonceRequired: boolean;
  readonly isInvalidationEndpoint: boolean;
  readonly takesGrants: boolean;
  readonly permissions: readonly string[];
  readonly maxDepth: number;
  /** Seconds. */
  readonly maxGrantWindow: number;
  readonly isIdentityRequired: boolean;
  readonly decide: RoutePolicy["decide"];
}

/** Permissions that a challenge may name. */
const MOST_PERMISSIONS = 32;

function componentsFrom(option: string, texts: readonly string[] = []): readonly Item[] {
  return texts.map((text) => {
    try {
      return parseComponent(text);
    } catch (error) {
      if (!(error instanceof FieldSyntaxError)) throw error;
      throw new InvalidOptionError(option, `has ${JSON.stringify(text)}, which is no component of a request.`);
    }
  });
}

const demanded = (...components: readonly Item[]): Demanded =>
  new Map(components.map((component) => [componentKey(component), component]));

/** What binds one request, for all routes that require nothing beyond. */
const REQUEST_BOUND = demanded(...BASELINE_COMPONENTS.map(plainComponent));

function permissionsFrom(permissions: readonly string[] = []): readonly string[] {
  const isName = (text: string) => isToken(text) && text.length <= GRANT_LIMITS.textBytes;
  const isFew = permissions.length <= MOST_PERMISSIONS && new Set(permissions).size === permissions.length;
  if (isFew && permissions.every(isName)) return permissions;
  throw new InvalidOptionError(
    "permissions",
    `has to be at most ${MOST_PERMISSIONS} different tokens, such as \`orders:create\`.`,
  );
}

function checkDelegation(settings: Settings, route: RoutePolicy): void {
  if (route.delegation !== true) return;
  if (settings.delegation === undefined) {
    throw new InvalidOptionError("delegation", "may be `true` for a route only where the verifier has `delegation`.");
  }
  if (!settings.delegation.understandsPermissions && (route.permissions ?? []).length > 0) {
    throw new InvalidOptionError("permissions", "may be demanded only by a verifier that understands permissions.");
  }
}

/** A route's policy, and the verifier's own where that says nothing: what is `undefined` takes away no demand. */
export function withDefaults(route: RoutePolicy, defaults: RoutePolicy = {}): RoutePolicy {
  const said = Object.entries(route).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(said) };
}

/** @throws InvalidOptionError when the drafts do not allow such a policy, or the verifier cannot hold it. */
export function policyOf(settings: Settings, route: RoutePolicy): Policy {
  const isInvalidationEndpoint = route.isInvalidationEndpoint === true;
  const isNonceRequired = isInvalidationEndpoint || route.replay !== "either";
  if (!isNonceRequired && settings.invalidations === undefined) {
    throw new InvalidOptionError("replay", 'may be "either" only where the verifier has `invalidations`.');
  }
  const isIdentityRequired = route.identity === "required";
  if (isIdentityRequired && settings.identities === undefined) {
    throw new InvalidOptionError("identity", 'may be "required" only where the verifier has a `reader`.');
  }
  checkDelegation(settings, route);
  const { classBound } = route;
  const required = componentsFrom("requiredComponents", route.requiredComponents);
  const least = componentsFrom("classBound", classBound);
  const optional = (option: string, value: number | undefined) =>
    value === undefined ? Number.POSITIVE_INFINITY : positive(option, value);
  return {
    maxValidity: positive("maxValidity", route.maxValidity ?? VALIDITY_FLOOR, VALIDITY_FLOOR),
    requiredComponents: required,
    requestBound: required.length === 0 ? REQUEST_BOUND : new Map([...REQUEST_BOUND, ...demanded(...required)]),
    classBound:
      classBound === undefined || isInvalidationEndpoint
        ? undefined
        : demanded(plainComponent("@authority"), ...least, ...required),
    isDigestRequired: route.contentDigest === "required",
    isNonceRequired,
    isInvalidationEndpoint,
    takesGrants: route.delegation === true,
    permissions: permissionsFrom(route.permissions),
    maxDepth: optional("maxDepth", route.maxDepth),
    maxGrantWindow: optional("maxGrantWindow", route.maxGrantWindow),
    isIdentityRequired,
    decide: route.decide,
  };
}
