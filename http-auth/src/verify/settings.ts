import type { Client } from "viem";
import { chainOf } from "../account/ask.ts";
import { CLOCK_SKEW, CONTENT_LIMIT, VALIDITY_FLOOR } from "../constants.ts";
import { InvalidOptionError } from "../errors/mistakes.ts";
import { FieldSyntaxError } from "../fields/syntaxError.ts";
import type { Item } from "../fields/types.ts";
import { parseComponent } from "../message/components.ts";
import type { RoutePolicy, VerifierOptions } from "./types.ts";

const TIMEOUT = 5_000;

/** A verifier's options, with nothing left open. */
export interface Settings {
  readonly clients: ReadonlyMap<string, Client>;
  readonly origins: readonly string[];
  readonly replay: VerifierOptions["replay"];
  readonly invalidations: VerifierOptions["invalidations"];
  readonly isPrincipalAllowed: VerifierOptions["isPrincipalAllowed"];
  readonly isReplayAllowed: VerifierOptions["isReplayAllowed"];
  readonly clockSkew: number;
  readonly contentLimit: number;
  readonly timeout: number;
  /** Seconds since 1970. */
  readonly now: () => number;
}

/** A route's policy, with nothing left open. */
export interface Policy {
  readonly maxValidity: number;
  readonly requiredComponents: readonly Item[];
  readonly isDigestRequired: boolean;
  readonly isNonceRequired: boolean;
  readonly decide: RoutePolicy["decide"];
}

function positive(option: string, value: number, least = 1): number {
  if (!Number.isSafeInteger(value) || value < least)
    throw new InvalidOptionError(option, `is no integer of ${least} or more.`);
  return value;
}

function originFrom(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.origin !== text || !/^https?:$/.test(url.protocol)) {
    throw new InvalidOptionError("origins", `has ${JSON.stringify(text)}. Write an origin as \`https://api.example\`.`);
  }
  return text;
}

function componentFrom(text: string): Item {
  try {
    return parseComponent(text);
  } catch (error) {
    if (!(error instanceof FieldSyntaxError)) throw error;
    const problem = `has ${JSON.stringify(text)}, which is no component of a request.`;
    throw new InvalidOptionError("requiredComponents", problem);
  }
}

/** @throws InvalidOptionError when a verifier like this could let nobody in, or anybody. */
export function settingsOf(options: VerifierOptions): Settings {
  if (options.clients.length === 0) throw new InvalidOptionError("clients", "is empty: no chain would be served.");
  if (options.origins.length === 0) throw new InvalidOptionError("origins", "is empty: no request could be for it.");
  const { now = Date.now } = options;
  return {
    clients: new Map(options.clients.map((client) => [chainOf(client), client])),
    origins: options.origins.map(originFrom),
    replay: options.replay,
    invalidations: options.invalidations,
    isPrincipalAllowed: options.isPrincipalAllowed,
    isReplayAllowed: options.isReplayAllowed,
    clockSkew: positive("clockSkew", options.clockSkew ?? CLOCK_SKEW, 0),
    contentLimit: positive("contentLimit", options.contentLimit ?? CONTENT_LIMIT, 0),
    timeout: positive("timeout", options.timeout ?? TIMEOUT),
    now: () => Math.floor(now() / 1_000),
  };
}

/** @throws InvalidOptionError when the draft does not allow such a policy. */
export function policyOf(settings: Settings, route: RoutePolicy): Policy {
  const isNonceRequired = route.isInvalidationEndpoint === true || route.replay !== "either";
  if (!isNonceRequired && settings.invalidations === undefined) {
    throw new InvalidOptionError("replay", 'may be "either" only where the verifier has `invalidations`.');
  }
  return {
    maxValidity: positive("maxValidity", route.maxValidity ?? VALIDITY_FLOOR, VALIDITY_FLOOR),
    requiredComponents: (route.requiredComponents ?? []).map(componentFrom),
    isDigestRequired: route.contentDigest === "required",
    isNonceRequired,
    decide: route.decide,
  };
}
