import { bearerOf, ownerOf } from "../authzen/index.ts";
import { Problem } from "../web/index.ts";

/** @throws Problem of 401 where whoever asks is no operator. */
export type RequireOperator = (request: Request) => void;

/** Tells operators by their tokens, of which only the SHA-256 (hex) is known here. */
export function operatorsBy(tokenHashes: readonly string[]): RequireOperator {
  const known = tokenHashes.map((hash) => ({ client: true, hash: Buffer.from(hash, "hex") }));
  return (request) => {
    const token = bearerOf(request);
    if (token !== undefined && ownerOf(token, known) !== undefined) return;
    throw new Problem(401, "unauthenticated", "This is for operators: send one of the tokens of the configuration.", {
      "www-authenticate": 'Bearer realm="operators"',
    });
  };
}
