import { createHash, timingSafeEqual } from "node:crypto";

/** RFC 6750: the scheme, then a token of these characters. */
const BEARER = /^Bearer +([A-Za-z0-9\-._~+/]{1,1024}=*)$/i;

/** The bearer token of a request, if it has one. */
export function bearerOf(request: Request): string | undefined {
  return BEARER.exec(request.headers.get("authorization") ?? "")?.[1];
}

/** A client, and the SHA-256 of its token. */
export interface HashedToken<Client> {
  readonly client: Client;
  readonly hash: Buffer;
}

/**
 * Whose a token is. It is compared with every one, to the last byte, so that the time that this takes tells nothing.
 */
export function ownerOf<Client>(token: string, known: readonly HashedToken<Client>[]): Client | undefined {
  const hash = createHash("sha256").update(token).digest();
  let owner: Client | undefined;
  for (const { client, hash: other } of known) if (timingSafeEqual(hash, other)) owner = client;
  return owner;
}
