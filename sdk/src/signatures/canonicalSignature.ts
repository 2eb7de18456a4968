import { type Address, type Hex, hashTypedData, type TypedDataDefinition } from "viem";
import { addressOf, bytesOf } from "../check/arguments.ts";
import type { SignableTypedData } from "../types/typedData.ts";
import { canonicalForm, isEcdsaOf } from "./ecdsa.ts";

/** Parameters of `canonicalSignature`. */
export type CanonicalSignatureParameters = {
  /** Who signed. */
  signer: Address;
  /** What was signed, such as `getVouchTypedData` returned. */
  typedData: SignableTypedData | TypedDataDefinition;
  /** What the wallet or the key store answered. */
  signature: Hex;
};

/**
 * A signature in the one form that the registries take: 65 bytes, low `s`, `v` of 27 or 28. Key stores answer a high `s`,
 * some wallets 64 bytes (EIP-2098) or a `v` of 0 or 1: these mean the same, and no key is needed to write them anew. What is no
 * signature by the signer's key, such as a smart account's own bytes, stays as it is. The SDK's sign… do this themselves.
 *
 * @param parameters - {@link CanonicalSignatureParameters}
 * @returns The signature.
 * @throws {InvalidAddressError} The signer is no address.
 * @throws {InvalidBytesError} The signature is no bytes.
 *
 * @example
 * const { owner: signer, signature: answer, ...checkIn } = await signPulse(client, { id: 7 });
 * const typedData = getPulseTypedData({ ...checkIn, owner: signer });
 * const signature = await canonicalSignature({ signer, typedData, signature: answer });
 */
export async function canonicalSignature({ signer, typedData, signature }: CanonicalSignatureParameters): Promise<Hex> {
  const given = bytesOf(signature, "signature");
  const form = canonicalForm(given);
  return form !== given && (await isEcdsaOf(addressOf(signer), hashTypedData(typedData as TypedDataDefinition), form))
    ? form
    : given;
}
