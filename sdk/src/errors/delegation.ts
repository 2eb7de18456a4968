import type { Address } from "viem";
import { ContractError, type ErrorOptions } from "./base.ts";

/** An account has used up its epochs. */
export class EpochsExhaustedError extends ContractError<EpochsExhaustedArgs> {
  declare readonly name: "EpochsExhaustedError";

  constructor(args: EpochsExhaustedArgs, options?: ErrorOptions) {
    const { issuer, epoch } = args;
    super(
      "EpochsExhaustedError",
      args,
      `${issuer} has reached its last epoch, ${epoch}.`,
      "Revoke its grants one by one; for new ones take another account.",
      options,
    );
  }
}

type EpochsExhaustedArgs = {
  /** Whose grants they are. */
  issuer: Address;
  /** Its epoch, the last. */
  epoch: bigint;
};
