import type { TypedDataDomain } from "viem";

/** A message of EIP-712, for signers that are no account of viem: ethers takes these parts as they are. */
export type SignableTypedData = {
  /** Which contract on which chain it is for. */
  domain: TypedDataDomain;
  /** The fields of the message, by its name; without `EIP712Domain`, as viem and ethers take it. */
  types: Record<string, { name: string; type: string }[]>;
  /** The name of the message. */
  primaryType: string;
  /** Its values; numbers of more than 48 bits are `bigint`. */
  message: Record<string, unknown>;
};
