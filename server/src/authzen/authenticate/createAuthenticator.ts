import { AccessError, type Caller, type Verifier } from "@tenure/http-auth";
import { Problem } from "../../web/index.ts";
import type { Authenticate, EnforcementPoint } from "../types.ts";
import { bearerOf, type HashedToken, ownerOf } from "./bearer.ts";

/** An enforcement point, and how it shows that it is this one: by a token, by a signature, or by either. */
export interface AuthzenClient extends EnforcementPoint {
  /** The SHA-256 of each of its tokens in hex; two while it changes them. A token is 16 characters or more, made by a machine. */
  readonly tokenHashes?: readonly string[] | undefined;
  /** The account that signs its requests, `eip155:1:0x…` in lower case. */
  readonly account?: string | undefined;
  /** The number of its own identity, whose owner or wallet signs its requests. It needs a verifier that has a reader. */
  readonly identity?: number | undefined;
}

/** Who may ask. */
export interface AuthenticatorOptions {
  readonly clients: readonly AuthzenClient[];
  /** Verifies signed requests, to the decision point's own origin. Without it tokens alone count. */
  readonly verifier?: Verifier | undefined;
  /** What the decision point calls itself where it asks for a token. */
  readonly realm: string;
}

/** Thrown when nobody could authenticate like this, or somebody as two. */
export class InvalidClientError extends Error {
  override readonly name = "InvalidClientError";
  constructor(id: string, problem: string) {
    super(`The client ${JSON.stringify(id)} ${problem}`);
  }
}

/**
 * Makes what tells enforcement points from strangers, and from each other.
 *
 * @param options The clients, and what verifies signatures.
 * @returns A function that answers who sent a request, and throws a `Problem` of 401 for a stranger's.
 * @throws InvalidClientError when a client cannot authenticate, or two would be one.
 */
export function createAuthenticator({ clients, verifier, realm }: AuthenticatorOptions): Authenticate {
  requireClients(clients, verifier);
  const tokens = clients.flatMap((client) => (client.tokenHashes ?? []).map((hash) => hashed(client, hash)));
  const challenge = `Bearer realm="${realm.replace(/[^\x20-\x7e]|["\\]/g, "")}"`;
  const stranger = (detail: string, more = "") =>
    new Problem(401, "unauthenticated", detail, { "www-authenticate": `${challenge}${more}` });

  return async (request) => {
    if (verifier !== undefined && request.headers.has("signature-input")) {
      return signerOf(request, verifier, clients, (error) => stranger(error.message, challengeOf(error)));
    }
    const token = bearerOf(request);
    if (token === undefined) throw stranger("Send a token in `Authorization`, as `Bearer …`.");
    const client = ownerOf(token, tokens);
    if (client === undefined) throw stranger("The token is nobody's. Ask the operator for a valid one.");
    return client;
  };
}

function challengeOf({ headers }: AccessError): string {
  const challenge = headers["www-authenticate"] ?? headers["WWW-Authenticate"];
  return challenge === undefined ? "" : `, ${challenge}`;
}

async function signerOf(
  request: Request,
  verifier: Verifier,
  clients: readonly AuthzenClient[],
  stranger: (error: AccessError) => Problem,
): Promise<EnforcementPoint> {
  let client: AuthzenClient | undefined;
  try {
    await verifier.verify(request, {
      decide: (caller) => {
        client = clients.find((known) => isSigner(known, caller));
        return client !== undefined;
      },
    });
  } catch (error) {
    if (!(error instanceof AccessError)) throw error;
    if (error.status === 401) throw stranger(error);
    throw new Problem(error.status, error.code, error.message, error.headers);
  }
  if (client === undefined) throw new Problem(401, "unauthenticated", "The signature is nobody's who may ask here.");
  return client;
}

/** Whoever signs by grants is not the client: a gateway asks under its own name. */
function isSigner({ account, identity }: AuthzenClient, caller: Caller): boolean {
  if (caller.grants.length > 0) return false;
  if (account !== undefined) return caller.principal === account;
  return identity !== undefined && caller.identity?.status === "active" && caller.identity.id === identity;
}

function hashed(client: AuthzenClient, hash: string): HashedToken<AuthzenClient> {
  return { client, hash: Buffer.from(hash, "hex") };
}

function requireClients(clients: readonly AuthzenClient[], verifier: Verifier | undefined): void {
  const seen = new Set<string>();
  for (const { id, tokenHashes = [], account, identity } of clients) {
    const signs = account !== undefined || identity !== undefined;
    if (!signs && tokenHashes.length === 0) throw new InvalidClientError(id, "has neither a token nor an account.");
    if (signs && verifier === undefined) throw new InvalidClientError(id, "signs, and nothing verifies signatures.");
    if (account !== undefined && !/^eip155:[1-9]\d*:0x[0-9a-f]{40}$/.test(account)) {
      throw new InvalidClientError(id, "has an account that is not written as `eip155:1:0x…`, in lower case.");
    }
    for (const hash of tokenHashes) {
      if (!/^[0-9a-f]{64}$/i.test(hash)) throw new InvalidClientError(id, "has a hash that is not 64 digits of hex.");
    }
    const names = [
      `id ${id}`,
      ...tokenHashes.map((hash) => hash.toLowerCase()),
      account,
      identity === undefined ? undefined : `#${identity}`,
    ];
    for (const name of names) {
      if (name === undefined) continue;
      if (seen.has(name)) throw new InvalidClientError(id, "has the id, the token or the account of another one.");
      seen.add(name);
    }
  }
}
