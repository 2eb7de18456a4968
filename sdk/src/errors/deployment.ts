import { type ErrorOptions, TenureError } from "./base.ts";

/** Other code is where a contract of Tenure belongs. */
export class ForeignCodeError extends TenureError {
  override readonly name = "ForeignCodeError";

  constructor({ contract, address, codeHash }: { contract: string; address: string; codeHash: string }) {
    super(
      `${address} holds code that is not the ${contract}.`,
      `Nothing was deployed. The code there has the hash ${codeHash}: this chain cannot be trusted with this address.`,
    );
  }
}

/** The deterministic deployment did not work on this chain. */
export class DeployerUnavailableError extends TenureError {
  override readonly name = "DeployerUnavailableError";

  constructor({ contract, address }: { contract: string; address: string }, options?: ErrorOptions) {
    super(
      contract === "deployer"
        ? `The deterministic deployment proxy is not at ${address}, and this chain refuses the transaction that puts it there.`
        : `The ${contract} did not arrive at ${address}.`,
      contract === "deployer"
        ? "The transaction is of an old form and pays 100 gwei; ask the chain's operator for the proxy, which most chains have."
        : "Check the parameters: an origin may not lie in the chain's future.",
      options,
    );
  }
}
