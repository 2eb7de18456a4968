import { type Hex, isErc6492Signature, parseErc6492Signature } from "viem";

/**
 * What a smart account signed, without what would deploy it (ERC-6492): no registry deploys, so that only this can count.
 * What is not wrapped, or wrapped wrongly, stays as it is.
 */
export function unwrapped(signature: Hex): Hex {
  if (!isErc6492Signature(signature)) return signature;
  try {
    return parseErc6492Signature(signature).signature;
  } catch {
    return signature;
  }
}
