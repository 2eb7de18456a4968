import type { Client } from "viem";
import { chainOf } from "../account/ask.ts";
import { recoverByViem } from "../account/recover.ts";
import type { Verdict } from "../account/verifyAccount.ts";
import { positive } from "../errors/mistakes.ts";
import { decodeGrants } from "../grants/decodeGrants.ts";
import { linkOf } from "./chain.ts";
import { verdictOn } from "./signatory.ts";

/** Who is asked about the signatures of grants. */
export interface VerifyGrantsOptions {
  /** Clients of the chains of their accounts. What an account of another chain signed is `unavailable`. */
  readonly clients: readonly Client[];
  /** Milliseconds that a node may take for each answer; 5,000 where nothing is said. */
  readonly timeout?: number | undefined;
}

/** How long a node may take for each answer, where nothing is said. */
const TIMEOUT = 5_000;

/**
 * Whether grants are signed by their issuers, each for itself: to look at grants that somebody sent. Whether they hang together is
 * for `checkChain`, and whether they are revoked for the registry. Let nobody in by this: a request has to be signed as well.
 *
 * @param field The value of `ERC-8128-Delegation`.
 * @param options Who is asked.
 * @returns For each grant, from the root to the last: `valid`, `invalid`, or `unavailable` where nobody could say.
 * @throws GrantError when the field cannot be read.
 * @throws InvalidOptionError when a client has no chain.
 */
export async function verifyGrants(field: string, options: VerifyGrantsOptions): Promise<readonly Verdict[]> {
  const timeout = positive("timeout", options.timeout ?? TIMEOUT);
  const clients = new Map(options.clients.map((client) => [chainOf(client), client]));
  const grants = decodeGrants(field);
  const links = grants.map((grant, index) => linkOf(grant, grants[index - 1]));
  const nodes = { clients, timeout, recover: recoverByViem };
  return Promise.all(links.map(({ issuer, statement }) => verdictOn(issuer, statement, nodes)));
}
