import { createHash, timingSafeEqual } from "node:crypto";
import { Problem } from "../web/index.ts";

/** @throws Problem of 401 where whoever asks is no operator. */
export type RequireOperator = (request: Request) => void;

const BEARER = /^Bearer +([A-Za-z0-9\-._~+/]{16,1024}=*)$/i;

/** Tells operators by their tokens, of which only the SHA-256 (hex) is known here. */
export function operatorsBy(tokenHashes: readonly string[]): RequireOperator {
  const known = tokenHashes.map((hash) => Buffer.from(hash, "hex"));
  return (request) => {
    const token = BEARER.exec(request.headers.get("authorization") ?? "")?.[1];
    const hash = createHash("sha256")
      .update(token ?? "")
      .digest();
    let isKnown = false;
    // With every one, so that the time that it takes tells nothing.
    for (const other of known) if (other.length === hash.length && timingSafeEqual(hash, other)) isKnown = true;
    if (token !== undefined && isKnown) return;
    throw new Problem(401, "unauthenticated", "This is for operators: send one of the tokens of the configuration.", {
      "www-authenticate": 'Bearer realm="operators"',
    });
  };
}
