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
  /** The status of HTTP; undefined where it refused in JSON-RPC alone. */
  readonly status: number | undefined;
  /** The code of JSON-RPC; undefined where it refused by its status alone. */
  readonly code: number | undefined;

  constructor(
    { url, status, code, isBusy = status === 429 }: NodeReply & { status: number | undefined; isBusy?: boolean },
    options?: ErrorOptions,
  ) {
    const advice = isBusy
      ? "It was asked too often; wait, or ask less at once."
      : (ADVICE.get(status) ?? "Check its URL, and whether the key in it is still good.");
    const how = status === undefined ? `code ${code}` : `status ${status}`;
    super("NodeRefusedError", `The node${placeOf(url)} refused the request with ${how}.`, advice, options);
    this.status = status;
    this.code = code;
  }
}

/** Where the status of HTTP says more. */
const ADVICE: ReadonlyMap<number | undefined, string> = new Map([
  [413, "It was asked for too much at once; ask for less, or ask another node."],
  ...[408, 500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 530].map(
    (status) => [status, "It, or what stands in front of it, fails; try again, or ask another node."] as const,
  ),
]);

/** A node's words as a part of a sentence: one line of them, without the end of a sentence of their own. */
function phraseOf(words: string): string {
  const line = words.replace(/\s+/g, " ").trim().replace(/\.+$/, "");
  return line.length > LONGEST_PHRASE ? `${line.slice(0, LONGEST_PHRASE)}…` : line;
}

/** Longer words are no reason, but a page. */
const LONGEST_PHRASE = 240;

/** Who answered, and with which code of JSON-RPC. */
type NodeReply = { url: string | undefined; code?: number | undefined };

/** The node took the request, and could not answer it. */
export class NodeFailedError extends TenureError {
  declare readonly name: "NodeFailedError";
  /** The code of JSON-RPC, if it gave one. */
  readonly code: number | undefined;

  constructor({ url, code, reason }: NodeReply & { reason: string }, options?: ErrorOptions) {
    const phrase = phraseOf(String(reason));
    const said = [phrase, ...(code === undefined ? [] : [phrase === "" ? `code ${code}` : `(code ${code})`])]
      .join(" ")
      .trim();
    super(
      "NodeFailedError",
      `The node${placeOf(url)} could not answer: ${said}.`,
      "Try again; if it stays so, ask another node.",
      options,
    );
    this.code = code;
  }
}

/** What answers is no node: a page of the web, for instance. */
export class NotANodeError extends TenureError {
  declare readonly name: "NotANodeError";

  constructor({ url }: { url: string | undefined }, options?: ErrorOptions) {
    super(
      "NotANodeError",
      `What answers${placeOf(url)} is no Ethereum node: it does not speak JSON-RPC.`,
      "Check the URL, with its path: it may be that of a web page, or of a login in front of the node.",
      options,
    );
  }
}

/** The node does not keep what is that old. */
export class HistoryPrunedError extends TenureError {
  declare readonly name: "HistoryPrunedError";
  /** The oldest block that was asked for. */
  readonly blockNumber: bigint;

  /** @param values - `id` is an identity that was registered before the block. */
  constructor({ blockNumber, id }: { blockNumber: bigint; id?: number | undefined }, options?: ErrorOptions) {
    super(
      "HistoryPrunedError",
      id === undefined
        ? `The node no longer keeps the logs of block ${blockNumber}.`
        : `Identity ${id} was registered before block ${blockNumber}, the oldest that the node keeps.`,
      "Ask a node that keeps all logs, or pass a later `fromBlock` and do without what came before.",
      options,
    );
    this.blockNumber = blockNumber;
  }
}

/** The node has a block, and not yet what happened in it: an empty answer is no proof that nothing did. */
export class LogsNotIndexedError extends TenureError {
  declare readonly name: "LogsNotIndexedError";
  /** The block. */
  readonly blockNumber: bigint;

  constructor({ blockNumber }: { blockNumber: bigint }, options?: ErrorOptions) {
    super(
      "LogsNotIndexedError",
      `The node tells of no logs in block ${blockNumber}, whose header says that there are some.`,
      "It lags behind: try again in a moment, or ask another node.",
      options,
    );
    this.blockNumber = blockNumber;
  }
}

/** A block is asked for that the node does not have. */
export class BlockNotReachedError extends TenureError {
  declare readonly name: "BlockNotReachedError";
  /** The block. */
  readonly blockNumber: bigint;

  constructor({ blockNumber, head }: { blockNumber: bigint; head: bigint }, options?: ErrorOptions) {
    super(
      "BlockNotReachedError",
      `Block ${blockNumber} is asked for, and the newest of the node is ${head}.`,
      "It may lag behind: try again in a moment, or ask for no block that is still to come.",
      options,
    );
    this.blockNumber = blockNumber;
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
