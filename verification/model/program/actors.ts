import { computeAddress, id as hash, SigningKey } from "ethers";

export interface Actor {
  address: string;
  /** Signs for it; its own key, or a smart account's. */
  key: SigningKey;
}

/** The `number`-th key, the same in every run. */
export function actor(number: number): Actor {
  const key = new SigningKey(hash(`actor ${number}`));
  return { address: computeAddress(key.publicKey), key };
}
