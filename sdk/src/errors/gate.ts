import { reasonWords } from "../codecs/reasons.ts";
import type { UnmetReason } from "../types/gate.ts";
import { ContractError, type ErrorOptions } from "./base.ts";

/** The caller does not meet a gate's requirement. */
export class UntrustedError extends ContractError<{ id: number | undefined; reasons: readonly UnmetReason[] }> {
  declare readonly name: "UntrustedError";

  constructor(args: { id: number | undefined; reasons: readonly UnmetReason[] }, options?: ErrorOptions) {
    const { id, reasons } = args;
    super(
      "UntrustedError",
      args,
      `${id === undefined ? "The caller" : `Identity ${id}`} is refused: ${reasons.map((reason) => reasonWords[reason]).join("; ")}.`,
      undefined,
      options,
    );
  }
}
