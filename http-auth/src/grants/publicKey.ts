import { bytesToBigInt } from "viem";
import { decodeBase64Url } from "../fields/base64.ts";

// RFC 7638: the required members only, in this order, without a space.
const P256 = /^\{"crv":"P-256","kty":"EC","x":"([\w-]{42}[AEIMQUYcgkosw048])","y":"([\w-]{42}[AEIMQUYcgkosw048])"\}$/;
const ED25519 = /^\{"crv":"Ed25519","kty":"OKP","x":"([\w-]{42}[AEIMQUYcgkosw048])"\}$/;

const P256_PRIME = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const P256_B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
const ED25519_PRIME = 2n ** 255n - 19n;
/**
 * The y of the eight points whose multiples come back to the beginning at once. Under such a key a signature can be made that
 * holds for most messages, by anybody: Node 20 takes them, newer ones do not.
 */
const ED25519_SMALL = [
  0n,
  1n,
  ED25519_PRIME - 1n,
  0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
];
const ED25519_D = 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n;

function modulo(value: bigint, prime: bigint): bigint {
  const rest = value % prime;
  return rest < 0n ? rest + prime : rest;
}

function power(base: bigint, exponent: bigint, prime: bigint): bigint {
  let result = 1n;
  let square = modulo(base, prime);
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % prime;
    square = (square * square) % prime;
  }
  return result;
}

function isOnP256(x: bigint, y: bigint): boolean {
  if (x >= P256_PRIME || y >= P256_PRIME) return false;
  return modulo(y * y - (x * x * x - 3n * x + P256_B), P256_PRIME) === 0n;
}

/** RFC 8032, section 5.1.3: there is an x for this y, which is not one of the small ones. */
function isOnEd25519(encoded: bigint): boolean {
  const y = encoded & (2n ** 255n - 1n);
  if (y >= ED25519_PRIME || ED25519_SMALL.includes(y)) return false;
  const numerator = modulo(y * y - 1n, ED25519_PRIME);
  const denominator = modulo(ED25519_D * y * y + 1n, ED25519_PRIME);
  // Whether the quotient is a square is whether the product is.
  return power(numerator * denominator, (ED25519_PRIME - 1n) / 2n, ED25519_PRIME) === 1n;
}

/** Whether a text is the public key of an algorithm, in the one form that a grant may have. */
export function isPublicKey(profile: string, text: string): boolean {
  if (profile === "ed25519") {
    const [, x] = ED25519.exec(text) ?? [];
    return x !== undefined && isOnEd25519(bytesToBigInt(decodeBase64Url(x).reverse()));
  }
  const [, x, y] = P256.exec(text) ?? [];
  return x !== undefined && isOnP256(bytesToBigInt(decodeBase64Url(x)), bytesToBigInt(decodeBase64Url(y ?? "")));
}
