import { type Address, decodeFunctionResult, encodeFunctionData, zeroHash } from "viem";
import { parseAccountId } from "../account/accountId.ts";
import { callContract, chainOf } from "../account/ask.ts";
import { InvalidOptionError } from "../errors/mistakes.ts";
import { EpochUnavailableError } from "./errors.ts";
import type { Revocations } from "./types.ts";

const STATUS_ABI = [
  {
    name: "status",
    type: "function",
    stateMutability: "view",
    inputs: [{ type: "address" }, { type: "bytes32" }],
    outputs: [{ type: "bool" }, { type: "uint64" }],
  },
] as const;

/**
 * The epoch of an issuer in the registry of revocations, ERC-8395, section 5. The draft has an issuer read it before each grant.
 *
 * @throws EpochUnavailableError when the registry does not say it.
 * @throws InvalidOptionError when the client is of another chain than the issuer: its epoch there is another one.
 */
export async function readEpoch({ client, registry }: Revocations, issuer: string): Promise<bigint> {
  const account = parseAccountId(issuer);
  if (account?.chainId !== chainOf(client)) {
    throw new InvalidOptionError("revocations", `has a client of another chain than ${issuer}.`);
  }
  try {
    const data = encodeFunctionData({ abi: STATUS_ABI, args: [account.address as Address, zeroHash] });
    const answer = await callContract(client, { to: registry, data });
    const [, epoch] = decodeFunctionResult({ abi: STATUS_ABI, data: answer as `0x${string}` });
    return epoch;
  } catch (cause) {
    throw new EpochUnavailableError(issuer, cause);
  }
}
