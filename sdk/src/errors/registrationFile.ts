import { show } from "./arguments.ts";
import { type ErrorOptions, TenureError } from "./base.ts";

/** Files are read by data:, https: and ipfs: only. */
export class UnsupportedURIError extends TenureError {
  declare readonly name: "UnsupportedURIError";

  constructor({ uri }: { uri: string }) {
    super(
      "UnsupportedURIError",
      `The registration file is at ${show(uri)}, which this package does not open.`,
      "It opens data:, https: and ipfs:. Fetch the file yourself if you trust its place, and read it with `parseRegistrationFile`.",
    );
  }
}

/** A file on IPFS is read through a gateway, which the caller chooses. */
export class GatewayRequiredError extends TenureError {
  declare readonly name: "GatewayRequiredError";

  constructor({ uri }: { uri: string }) {
    super(
      "GatewayRequiredError",
      `The registration file is on IPFS, at ${show(uri)}, and no gateway was given.`,
      "Pass `ipfsGateway`, for example a local node's `http://127.0.0.1:8080/ipfs/`.",
    );
  }
}

/** The file could not be fetched. */
export class RegistrationFileUnavailableError extends TenureError {
  declare readonly name: "RegistrationFileUnavailableError";

  constructor(
    { uri, reason, isFromGateway }: { uri: string; reason: string; isFromGateway?: boolean | undefined },
    options?: ErrorOptions,
  ) {
    super(
      "RegistrationFileUnavailableError",
      `The registration file at ${show(uri)} cannot be read: ${reason}.`,
      isFromGateway
        ? "Check `ipfsGateway`, or try another one, such as a local node's `http://127.0.0.1:8080/ipfs/`; if none has it, ask the agent's operator."
        : "Ask the agent's operator.",
      options,
    );
  }
}

/** What was fetched is not JSON, or no object of it: nothing can be read. */
export class InvalidRegistrationFileError extends TenureError {
  declare readonly name: "InvalidRegistrationFileError";

  constructor({ problem }: { problem: string }, options?: ErrorOptions) {
    super(
      "InvalidRegistrationFileError",
      `This is not an ERC-8004 registration file: ${problem}.`,
      "Ask the agent's operator to correct it.",
      options,
    );
  }
}
