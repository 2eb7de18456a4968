// Signatures of contracts, which a stranger chose.

import { type Address, encodeFunctionData, type Hex, size, slice } from "viem";
import { call } from "viem/actions";
import { isTenureError } from "../errors/base.ts";
import { explained } from "../rpc/explain.ts";
import { wary } from "../rpc/wary.ts";
import type { AnyClient } from "../types/client.ts";

const erc1271Abi = [
  {
    type: "function",
    name: "isValidSignature",
    stateMutability: "view",
    inputs: [
      { name: "hash", type: "bytes32" },
      { name: "signature", type: "bytes" },
    ],
    outputs: [{ name: "magicValue", type: "bytes4" }],
  },
] as const;

/** `isValidSignature`'s own selector, and nothing after it in its word. */
const YES = `0x1626ba7e${"00".repeat(28)}`;

/**
 * Whether a contract says of a signature that it is its own, as the registries ask it (ERC-1271): `from` is the registry, as
 * some answer their callers differently. One that looks at whoever sends the transaction, at the price of gas, at how much
 * gas is left or at the block may still answer the registry something else.
 */
export async function isErc1271Of(
  client: AnyClient,
  address: Address,
  hash: Hex,
  signature: Hex,
  from: Address | undefined,
): Promise<boolean> {
  const data = encodeFunctionData({ abi: erc1271Abi, args: [hash, signature] });
  try {
    const { data: answer = "0x" } = await call(wary(client), { to: address, data, ...(from && { account: from }) });
    return size(answer) >= 32 && slice(answer, 0, 32) === YES;
  } catch (error) {
    return saysNo(client, error);
  }
}

/** That a call failed means no, but where nobody answered: that is no answer, and thrown. */
export async function saysNo(client: AnyClient, error: unknown): Promise<false> {
  const reason = await explained(client, error);
  if (isTenureError(reason) && ["NodeRefusedError", "NodeUnreachableError"].includes(reason.name)) throw reason;
  return false;
}
