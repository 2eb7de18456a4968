/** A registry that keeps nonces: either of the two. */
interface NonceKeeper {
  nonceBitmap(owner: string, word: bigint): Promise<bigint>;
}

/** The lowest nonce of word 0 that an owner has not used. */
export async function freeNonce(registry: NonceKeeper, owner: string): Promise<bigint> {
  const bitmap = await registry.nonceBitmap(owner, 0n);
  for (let nonce = 0n; nonce < 256n; ++nonce) if (((bitmap >> nonce) & 1n) === 0n) return nonce;
  throw new Error("word 0 is full");
}
