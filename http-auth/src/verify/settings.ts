import type { Client } from "viem";
import { chainOf } from "../account/ask.ts";
import { recoverByViem } from "../account/recover.ts";
import { CLOCK_SKEW, CONTENT_LIMIT } from "../constants.ts";
import { type Delegation, delegationOf } from "../delegation/settings.ts";
import type { Nodes } from "../delegation/signatory.ts";
import { InvalidOptionError, positive } from "../errors/mistakes.ts";
import type { Registry } from "../identity/identify.ts";
import type { VerifierOptions } from "./types.ts";

const TIMEOUT = 5_000;

/** A verifier's options, with nothing left open. */
export interface Settings extends Nodes {
  readonly origins: readonly string[];
  readonly replay: VerifierOptions["replay"];
  readonly invalidations: VerifierOptions["invalidations"];
  readonly isPrincipalAllowed: VerifierOptions["isPrincipalAllowed"];
  readonly isReplayAllowed: VerifierOptions["isReplayAllowed"];
  readonly delegation: Delegation | undefined;
  readonly identities: Registry | undefined;
  readonly takesFormer: boolean;
  readonly clockSkew: number;
  readonly contentLimit: number;
  /** Seconds since 1970. */
  readonly now: () => number;
}

/** Every comparison with what is no number is false, and no signature would ever be too old. */
function secondsOf(milliseconds: number): number {
  const seconds = Math.floor(milliseconds / 1_000);
  if (Number.isSafeInteger(seconds)) return seconds;
  throw new InvalidOptionError("now", "did not answer with the milliseconds since 1970.");
}

function originFrom(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.origin !== text || !/^https?:$/.test(url.protocol)) {
    throw new InvalidOptionError("origins", `has ${JSON.stringify(text)}. Write an origin as \`https://api.example\`.`);
  }
  return text;
}

function identitiesOf({ reader, identityChain }: VerifierOptions, { clients, timeout }: Nodes): Registry | undefined {
  if (reader === undefined) return undefined;
  const [only, ...others] = clients.keys();
  const chainId = identityChain === undefined ? only : String(identityChain);
  if (chainId === undefined || (identityChain === undefined && others.length > 0)) {
    throw new InvalidOptionError(
      "identityChain",
      "has to say which of the clients' chains the reader's registries are on.",
    );
  }
  if (!clients.has(chainId)) throw new InvalidOptionError("identityChain", "is the chain of no client.");
  return { reader, chainId, timeout };
}

/** @throws InvalidOptionError when a verifier like this could let nobody in, or anybody. */
export function settingsOf(options: VerifierOptions): Settings {
  if (options.clients.length === 0) throw new InvalidOptionError("clients", "is empty: no chain would be served.");
  if (options.origins.length === 0) throw new InvalidOptionError("origins", "is empty: no request could be for it.");
  const { now = Date.now, delegation } = options;
  const clients: ReadonlyMap<string, Client> = new Map(options.clients.map((client) => [chainOf(client), client]));
  const timeout = positive("timeout", options.timeout ?? TIMEOUT);
  const nodes = { clients, timeout, recover: options.recover ?? recoverByViem };
  return {
    ...nodes,
    origins: options.origins.map(originFrom),
    replay: options.replay,
    invalidations: options.invalidations,
    isPrincipalAllowed: options.isPrincipalAllowed,
    isReplayAllowed: options.isReplayAllowed,
    identities: identitiesOf(options, nodes),
    takesFormer: options.acceptFormerDraft === true,
    clockSkew: positive("clockSkew", options.clockSkew ?? CLOCK_SKEW, 0),
    contentLimit: positive("contentLimit", options.contentLimit ?? CONTENT_LIMIT, 0),
    now: () => secondsOf(now()),
    // Last, as it asks to be told of events.
    delegation: delegation && delegationOf(delegation, nodes),
  };
}
