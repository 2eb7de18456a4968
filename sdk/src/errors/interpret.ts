// What viem's errors mean, apart from what contracts give as their reasons: who only reads profiles, which no contract ever
// refuses, need not carry the words for all of those.
import type { Address, BaseError } from "viem";
import { RegistryNotDeployedError } from "./arguments.ts";
import { type ErrorOptions, isTenureError, type TenureError } from "./base.ts";
import { NodeRefusedError, NodeUnreachableError } from "./network.ts";

/** Reads a contract's reason out of one of viem's errors; undefined where there is none. */
type Decoder = (inner: Error, options: ErrorOptions) => TenureError | undefined;

/** An error of this package where no contract answers, the node does not, or a decoder knows more; else what was given. */
export function interpret(error: unknown, decode: Decoder = () => undefined): TenureError | unknown {
  if (isTenureError(error) || !(error instanceof Error)) return error;
  for (let inner: unknown = error; inner instanceof Error; inner = inner.cause) {
    if (inner.name === "ContractFunctionZeroDataError") {
      const { contractAddress } = error as BaseError & { contractAddress?: Address };
      if (contractAddress) return new RegistryNotDeployedError({ address: contractAddress }, { cause: error });
    }
    const found = networkError(inner, error) ?? decode(inner, { cause: error });
    if (found) return found;
  }
  return error;
}

/** What never came to a contract. viem's errors are told by name: there may be two copies of it. */
function networkError(inner: Error, error: Error): TenureError | undefined {
  const { url, status } = inner as { url?: string; status?: number };
  const options = { cause: error };
  switch (inner.name) {
    case "HttpRequestError":
      if (status !== undefined) return new NodeRefusedError({ url, status }, options);
      return new NodeUnreachableError({ url }, options);
    case "TimeoutError":
    case "WebSocketRequestError":
    case "SocketClosedError":
      return new NodeUnreachableError({ url }, options);
    default:
      return undefined;
  }
}
