import { formatTime } from "../codecs/words.ts";
import { show } from "./arguments.ts";
import { type ErrorOptions, TenureError } from "./base.ts";

/** Other code is where a contract of Tenure belongs. */
export class ForeignCodeError extends TenureError {
  declare readonly name: "ForeignCodeError";

  constructor({ contract, address, codeHash }: { contract: string; address: string; codeHash: string }) {
    super(
      "ForeignCodeError",
      `${address} holds code that is not the ${contract}.`,
      `Nothing was deployed. The code there has the hash ${codeHash}: this chain cannot be trusted with this address.`,
    );
  }
}

/** A contract of Tenure is where it belongs, but was made with other parameters. */
export class ForeignParametersError extends TenureError {
  declare readonly name: "ForeignParametersError";

  constructor({ contract, address, parameter, expected, actual }: ForeignParameter) {
    super(
      "ForeignParametersError",
      `The ${contract} at ${address} has ${actual} as ${parameter}, and not ${expected}.`,
      "Nothing was deployed. The address follows from the parameters, so this chain cannot be trusted with it.",
    );
  }
}

/** One parameter that differs. */
export type ForeignParameter = {
  contract: string;
  address: string;
  parameter: string;
  expected: string | number;
  actual: string | number;
};

/** The chain's machine lacks what the contracts are compiled for, so that they would be there and fail. */
export class EvmTooOldError extends TenureError {
  declare readonly name: "EvmTooOldError";
  /** The instructions that are missing. */
  readonly missing: readonly string[];

  constructor({ missing }: { missing: readonly string[] }) {
    super(
      "EvmTooOldError",
      `The chain's machine does not know ${show(missing.join(" and "))}, which the contracts need.`,
      "Nothing was deployed. Take a chain with the Cancun upgrade of Ethereum, or a later one.",
    );
    this.missing = missing;
  }
}

/** The deterministic deployment proxy is missing, and cannot be put there. */
export class DeployerUnavailableError extends TenureError {
  declare readonly name: "DeployerUnavailableError";

  constructor({ address }: { address: string }, options?: ErrorOptions) {
    super(
      "DeployerUnavailableError",
      `The deterministic deployment proxy is not at ${address}, and this chain refuses the transaction that puts it there.`,
      "That transaction names no chain and pays 100 gwei; ask the chain's operator for the proxy, which most chains have.",
      options,
    );
  }
}

/** A contract did not arrive where it belongs. */
export class NotDeployedError extends TenureError {
  declare readonly name: "NotDeployedError";

  constructor({ contract, address }: { contract: string; address: string }) {
    super(
      "NotDeployedError",
      `The ${contract} did not arrive at ${address}.`,
      "The node may lag behind; run the deployment again.",
    );
  }
}

/** There is no set of parameters of that name. */
export class InvalidParameterSetError extends TenureError {
  declare readonly name: "InvalidParameterSetError";

  constructor({ set }: { set: unknown }) {
    super(
      "InvalidParameterSetError",
      `${show(set)} is no set of parameters.`,
      'It is "production" or "short"; without one, it is short on local chains and production elsewhere.',
    );
  }
}

/** An origin was given for production, which has one already. */
export class OriginFixedError extends TenureError {
  declare readonly name: "OriginFixedError";

  constructor({ origin, fixed }: { origin: number; fixed: number }) {
    super(
      "OriginFixedError",
      `Period 0 cannot begin at ${formatTime(origin)} in production: there it began at ${formatTime(fixed)} on every chain.`,
      "An origin goes with short units only.",
    );
  }
}

/** Period 0 would begin in the chain's future. */
export class OriginAheadError extends TenureError {
  declare readonly name: "OriginAheadError";

  constructor({ origin, now }: { origin: number; now: number }) {
    super(
      "OriginAheadError",
      `Period 0 would begin at ${formatTime(origin)}, but on this chain it is ${formatTime(now)}.`,
      "Set the clock of a local chain, or give an earlier origin.",
    );
  }
}
