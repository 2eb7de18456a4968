import type { Address, Hex } from "viem";
import { type ErrorOptions, TenureError } from "./base.ts";

/** A transaction was handed over, or may have been, and nobody says what came of it: it may be in a block, or still get there. */
export class UnknownOutcomeError extends TenureError {
  declare readonly name: "UnknownOutcomeError";
  /** The transaction; undefined where whoever holds the key made it and did not answer. */
  readonly hash: Hex | undefined;

  constructor({ hash }: { hash: Hex | undefined }, options?: ErrorOptions) {
    super(
      "UnknownOutcomeError",
      hash === undefined
        ? "A transaction may have been sent, and what came of it is unknown: who sends did not answer."
        : `Transaction ${hash} may have been sent, and what came of it is unknown: the node does not answer.`,
      hash === undefined
        ? "Look for it in the account's history before you do the same again."
        : "Look for its receipt before you do the same again: it may be in a block by now, or get there later.",
      options,
    );
    this.hash = hash;
  }
}

/** Another transaction of the account has the nonce, so that this one cannot be sent with it. */
export class NonceTakenError extends TenureError {
  declare readonly name: "NonceTakenError";
  /** The account that sends. */
  readonly account: Address;

  constructor({ account }: { account: Address }, options?: ErrorOptions) {
    super(
      "NonceTakenError",
      `Another transaction of ${account} was sent with the same nonce, at the same time or before.`,
      "Nothing was done; try again. Whoever sends several at once gives its account a `nonceManager` of viem.",
      options,
    );
    this.account = account;
  }
}
