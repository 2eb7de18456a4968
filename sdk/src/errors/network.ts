import { formatEther } from "viem";
import { type ErrorOptions, TenureError } from "./base.ts";

/** Nobody answers where the node should be. */
export class NodeUnreachableError extends TenureError {
  declare readonly name: "NodeUnreachableError";

  constructor({ url }: { url: string | undefined }, options?: ErrorOptions) {
    super(
      "NodeUnreachableError",
      `The node${placeOf(url)} does not answer.`,
      "Check that it runs, its URL, and the network.",
      options,
    );
  }
}

/** The node, or what is in front of it, wants no request. */
export class NodeRefusedError extends TenureError {
  declare readonly name: "NodeRefusedError";
  /** The HTTP status. */
  readonly status: number;

  constructor({ url, status }: { url: string | undefined; status: number }, options?: ErrorOptions) {
    const advice =
      status === 429
        ? "It was asked too often; wait, or ask less at once."
        : "Check its URL, and whether the key in it is still good.";
    super("NodeRefusedError", `The node${placeOf(url)} refused the request with status ${status}.`, advice, options);
    this.status = status;
  }
}

/** One chain is expected, that of the client for instance, and the node is on another. */
export class WrongChainError extends TenureError {
  declare readonly name: "WrongChainError";

  constructor({ expected, actual }: { expected: number; actual: number }, options?: ErrorOptions) {
    super(
      "WrongChainError",
      `Chain ${expected} is expected, but the node is on chain ${actual}.`,
      "Give the client the node's chain, or the URL of a node on its own.",
      options,
    );
  }
}

/** The account cannot pay. */
export class InsufficientEtherError extends TenureError {
  declare readonly name: "InsufficientEtherError";

  constructor(
    { account, balance, needed }: { account: string; balance: bigint; needed: bigint },
    options?: ErrorOptions,
  ) {
    super(
      "InsufficientEtherError",
      `${account} has ${ether(balance)} ether, and this transaction takes ${ether(needed)}.`,
      "Send it some, or have somebody else pay: sign with `signRegister`, `signPulse` or alike.",
      options,
    );
  }
}

/** In ether; whatever else an untyped caller gives is printed as it is. */
function ether(wei: bigint): string {
  return typeof wei === "bigint" ? formatEther(wei) : String(wei);
}

/** Only the host: paths and queries often hold keys. */
function placeOf(url: string | undefined): string {
  return typeof url === "string" && URL.canParse(url) ? ` at ${new URL(url).host}` : "";
}
