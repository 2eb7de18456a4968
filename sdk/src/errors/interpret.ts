// What viem's errors mean, apart from what contracts give as their reasons: who only reads profiles, which no contract ever
// refuses, need not carry the words for all of those.
import type { Address, BaseError } from "viem";
import { RegistryNotDeployedError } from "./arguments.ts";
import { type ErrorOptions, isTenureError, type TenureError } from "./base.ts";
import { failureOf } from "./fault.ts";
import { NodeFailedError, NodeRefusedError, NodeUnreachableError, NotANodeError } from "./network.ts";

/** Reads a contract's reason out of one of viem's errors; undefined where there is none. */
type Decoder = (inner: Error, options: ErrorOptions) => TenureError | undefined;

/** An error of this package where no contract answers, the node does not, or a decoder knows more; else what was given. */
export function interpret(error: unknown, decode: Decoder = () => undefined): TenureError | unknown {
  if (isTenureError(error) || !(error instanceof Error)) return error;
  for (let inner: unknown = error; inner instanceof Error; inner = inner.cause) {
    // viem wraps what was put in words on the way.
    if (isTenureError(inner)) return inner;
    if (inner.name === "ContractFunctionZeroDataError") {
      const { contractAddress } = error as BaseError & { contractAddress?: Address };
      if (contractAddress) return new RegistryNotDeployedError({ address: contractAddress }, { cause: error });
    }
    const found = decode(inner, { cause: error });
    if (found) return found;
  }
  return networkError(error) ?? error;
}

/** What never came to a contract. */
function networkError(error: Error): TenureError | undefined {
  const failure = failureOf(error);
  if (failure === undefined) return undefined;
  const { fault, url, status, code, words } = failure;
  const options = { cause: error };
  switch (fault) {
    case "alien":
      return new NotANodeError({ url }, options);
    case "away":
    case "slow":
      return new NodeUnreachableError({ url }, options);
    case "busy":
      return new NodeRefusedError({ url, status, code, isBusy: true }, options);
    case "forbidden":
      return new NodeRefusedError({ url, status, code }, options);
    case "passing":
    case "pruned":
      // A code alone, as that of an internal error, says nothing in words.
      if (code !== undefined) return new NodeFailedError({ url, code, reason: words }, options);
  }
  return status === undefined || code !== undefined ? undefined : new NodeRefusedError({ url, status }, options);
}
