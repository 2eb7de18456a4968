import { InvalidSignedError } from "../errors/signed.ts";

/**
 * What somebody signed, which stands by itself among the parameters: nothing in it is taken for the caller's own wish. Plain
 * JavaScript may pass anything, its fields beside the caller's own above all.
 */
export function signedOf<signed extends object>(parameters: { signed: signed }): signed {
  const signed: unknown = (parameters as { signed?: unknown } | null | undefined)?.signed;
  if (typeof signed === "object" && signed !== null) return signed as signed;
  throw new InvalidSignedError({
    field: "signed",
    value: signed,
    demanded:
      typeof signed === "string"
        ? "an object: read a text with `parseSigned`"
        : "what one of the SDK's sign… returned. Pass it as a whole, `{ signed }`, and not its fields beside your own",
  });
}

/** The chain that something is signed for. */
export function signedChainOf(chainId: number): number {
  if (Number.isSafeInteger(chainId) && chainId > 0) return chainId;
  throw new InvalidSignedError({ field: "chainId", value: chainId, demanded: "the number of a chain" });
}

/** The key epoch that something is signed in, or for. */
export function keyEpochOf(keyEpoch: number): number {
  if (Number.isInteger(keyEpoch) && keyEpoch >= 0 && keyEpoch <= 255) return keyEpoch;
  throw new InvalidSignedError({ field: "keyEpoch", value: keyEpoch, demanded: "a whole number from 0 to 255" });
}
