import type { Address, Hex } from "viem";
import { ContractError, type ErrorOptions, TenureError } from "./base.ts";

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

/** What is at the address of the registry of revocations is another program, or nothing: its answers are worth nothing. */
export class ForeignDelegationRegistryError extends TenureError {
  declare readonly name: "ForeignDelegationRegistryError";

  constructor({ address, codeHash, expected }: { address: Address; codeHash: Hex; expected: Hex }) {
    super(
      "ForeignDelegationRegistryError",
      `The code at ${address} has the hash ${codeHash}, and not ${expected}: it is no DelegationRegistry.`,
      "Believe no grant on this chain. Where you mean a registry of another build, name its hash as `codeHash`.",
    );
  }
}

/** More grants than fit in one request. */
export class TooManyGrantsError extends TenureError {
  declare readonly name: "TooManyGrantsError";

  constructor({ count, most }: { count: number; most: number }) {
    super("TooManyGrantsError", `${count} grants were asked about at once.`, `Ask about ${most} at most.`);
  }
}

/** Grants of a chain were asked about for which there is no client. */
export class NoClientForChainError extends TenureError {
  declare readonly name: "NoClientForChainError";

  constructor({ chainId, known }: { chainId: number; known: readonly number[] }) {
    super(
      "NoClientForChainError",
      `Nobody can be asked about chain ${chainId}: there are clients for ${known.join(", ") || "no chain"}.`,
      "Give `rpcStatusSource` a client of that chain, or accept no grants of it.",
    );
  }
}
