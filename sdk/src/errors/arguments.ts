import { TenureError } from "./base.ts";

/** An identity's number is a whole number from 1. */
export class InvalidIdError extends TenureError {
  declare readonly name: "InvalidIdError";

  constructor({ id, argument }: { id: unknown; argument: string }) {
    super(
      "InvalidIdError",
      `${show(id)} is not the number of an identity.`,
      `\`${argument}\` is a whole number from 1.`,
    );
  }
}

/** Points are a whole number. */
export class InvalidPointsError extends TenureError {
  declare readonly name: "InvalidPointsError";

  constructor({ points, argument, least }: { points: unknown; argument: string; least: number }) {
    super(
      "InvalidPointsError",
      `${show(points)} is not a number of points.`,
      `\`${argument}\` is a whole number from ${least}.`,
    );
  }
}

/** A time is a whole number of unix seconds. */
export class InvalidTimeError extends TenureError {
  declare readonly name: "InvalidTimeError";

  constructor({ time, argument }: { time: unknown; argument: string }) {
    super(
      "InvalidTimeError",
      `${show(time)} is not a time.`,
      `\`${argument}\` is a whole number of seconds; times are unix seconds.`,
    );
  }
}

/** A period's number is a whole number from 0. */
export class InvalidPeriodError extends TenureError {
  declare readonly name: "InvalidPeriodError";

  constructor({ period }: { period: unknown }) {
    super("InvalidPeriodError", `${show(period)} is not the number of a period.`, "Periods are whole numbers from 0.");
  }
}

/** A page holds at least one entry. */
export class InvalidLimitError extends TenureError {
  declare readonly name: "InvalidLimitError";

  constructor({ limit, argument }: { limit: unknown; argument: string }) {
    super("InvalidLimitError", `${show(limit)} is not a limit.`, `\`${argument}\` is a whole number from 1.`);
  }
}

/** A block's number is a bigint from 0. */
export class InvalidBlockError extends TenureError {
  declare readonly name: "InvalidBlockError";

  constructor({ block }: { block: unknown }) {
    super("InvalidBlockError", `${show(block)} is not the number of a block.`, "Blocks are bigints from 0n.");
  }
}

/** Checkpoints and topics are 32 bytes. */
export class InvalidBytes32Error extends TenureError {
  declare readonly name: "InvalidBytes32Error";

  constructor({ value, argument }: { value: unknown; argument: string }) {
    super(
      "InvalidBytes32Error",
      `${show(value)} is not 32 bytes.`,
      `\`${argument}\` is 0x and 64 hexadecimal digits; hash longer data with \`keccak256\` first.`,
    );
  }
}

/** A value is bytes in hexadecimal. */
export class InvalidBytesError extends TenureError {
  declare readonly name: "InvalidBytesError";

  constructor({ value, argument }: { value: unknown; argument: string }) {
    super(
      "InvalidBytesError",
      `${show(value)} is not bytes in hexadecimal.`,
      `\`${argument}\` is 0x and an even number of hexadecimal digits; \`stringToHex\` makes them of a text.`,
    );
  }
}

/** A yes or no was expected. */
export class InvalidBooleanError extends TenureError {
  declare readonly name: "InvalidBooleanError";

  constructor({ value, argument }: { value: unknown; argument: string }) {
    super("InvalidBooleanError", `${show(value)} is neither true nor false.`, `\`${argument}\` is true or false.`);
  }
}

/** A number of 256 bits: a nonce, or a token of another contract. */
export class InvalidUint256Error extends TenureError {
  declare readonly name: "InvalidUint256Error";

  constructor({ value, argument }: { value: unknown; argument: string }) {
    super(
      "InvalidUint256Error",
      `${show(value)} is not a number of 256 bits.`,
      `\`${argument}\` is a whole number from 0, as a bigint where it is above ${Number.MAX_SAFE_INTEGER}.`,
    );
  }
}

/** One transaction makes nonces of one word void. */
export class NoncesApartError extends TenureError {
  declare readonly name: "NoncesApartError";

  constructor({ nonces }: { nonces: number }) {
    super(
      "NoncesApartError",
      nonces === 0 ? "No nonce is given." : "The nonces are not all of one word.",
      "A transaction makes nonces void that are the same when divided by 256; send one for each word.",
    );
  }
}

/** A contract's signature proves no key. */
export class NotKeyError extends TenureError {
  declare readonly name: "NotKeyError";
  /** The owner that signed. */
  readonly owner: string;

  constructor({ owner }: { owner: string }) {
    super(
      "NotKeyError",
      `${owner} does not sign as a key, so that it cannot prove to be one.`,
      "A smart account stays `unproven`.",
    );
    this.owner = owner;
  }
}

/** What was signed is made void by whoever signed it. */
export class NotSignerError extends TenureError {
  declare readonly name: "NotSignerError";

  constructor({ signer, sender }: { signer: string; sender: string }) {
    super("NotSignerError", `${sender} did not sign this; ${signer} did.`, "Only who signed it can make it void.");
  }
}

/** An agent of a chain that is no EVM chain cannot be asked for. */
export class UnsupportedAgentError extends TenureError {
  declare readonly name: "UnsupportedAgentError";

  constructor({ agentRegistry }: { agentRegistry: unknown }) {
    super(
      "UnsupportedAgentError",
      `${show(agentRegistry)} is no registry of an EVM chain.`,
      "`agentRegistry` is `eip155:`, a chain id, a colon and an address.",
    );
  }
}

/** A text was expected. */
export class InvalidTextError extends TenureError {
  declare readonly name: "InvalidTextError";

  constructor({ value, argument }: { value: unknown; argument: string }) {
    super("InvalidTextError", `${show(value)} is not a text.`, `\`${argument}\` is a string.`);
  }
}

/** An identity is named by its number or by one of its keys, not by both and not by neither; a list of them alike. */
export class InvalidTargetError extends TenureError {
  declare readonly name: "InvalidTargetError";

  /** `wrong` says what is wrong with a list; left out where one identity is meant. */
  constructor({ wrong }: { wrong?: string | undefined } = {}) {
    super(
      "InvalidTargetError",
      wrong === undefined ? "It is not clear which identity is meant." : wrong,
      wrong === undefined
        ? "Give either `id` or `address`."
        : "Give either `ids` or `address`, each a list; `addresses` says where the registries are.",
    );
  }
}

/** What a gate demands has known names, is whole numbers that fit, anchors and one yes or no, and is not nothing. */
export class InvalidRequirementError extends TenureError {
  declare readonly name: "InvalidRequirementError";

  constructor({ field, value, demanded }: { field: string; value: unknown; demanded: string }) {
    super(
      "InvalidRequirementError",
      field === "requirement"
        ? `${show(value)} is no requirement.`
        : `A requirement cannot have ${show(value)} as ${field}.`,
      `\`${field}\` is ${demanded}.`,
    );
  }
}

/** Without a chain nobody knows where the registries are. */
export class ChainRequiredError extends TenureError {
  declare readonly name: "ChainRequiredError";

  constructor() {
    super(
      "ChainRequiredError",
      "The client has no chain, so it is unknown where the registries are.",
      "Create it with `chain`, or pass `addresses`.",
    );
  }
}

/** Nobody knows who sends or signs. */
export class AccountRequiredError extends TenureError {
  declare readonly name: "AccountRequiredError";

  constructor() {
    super("AccountRequiredError", "The client has no account.", "Create it with `account`, or pass `account`.");
  }
}

/** The book has no deployment on this chain. */
export class DeploymentNotFoundError extends TenureError {
  declare readonly name: "DeploymentNotFoundError";

  constructor({ chainId, contract }: { chainId: number; contract: string }) {
    super(
      "DeploymentNotFoundError",
      `No ${contract} is known on chain ${chainId}.`,
      `Pass \`addresses\`, or put \`tenure${contract}\` into \`chain.contracts\`.`,
    );
  }
}

/** Nothing answers at the registry's address. */
export class RegistryNotDeployedError extends TenureError {
  declare readonly name: "RegistryNotDeployedError";

  constructor({ address }: { address: string }, options?: { cause?: Error | undefined }) {
    super(
      "RegistryNotDeployedError",
      `No registry answers at ${address}.`,
      "Check the chain, and that the registries are deployed there.",
      options,
    );
  }
}

/** A transaction was mined but did nothing. */
export class TransactionRefusedError extends TenureError {
  declare readonly name: "TransactionRefusedError";
  /** The transaction. */
  readonly hash: string;

  constructor({ hash }: { hash: string }) {
    super(
      "TransactionRefusedError",
      `Transaction ${hash} was mined but refused.`,
      "What it found differs from what the simulation saw, or its gas ran out; simulate again for the reason.",
    );
    this.hash = hash;
  }
}

/** The registry's event is not in the logs. */
export class EventNotFoundError extends TenureError {
  declare readonly name: "EventNotFoundError";

  constructor({ event, address }: { event: string; address: string }) {
    super(
      "EventNotFoundError",
      `The logs hold no ${event} of the registry at ${address}.`,
      "Pass the logs of the receipt, and the right address.",
    );
  }
}

/** A value in a message: short, and never more than the reader needs. */
export function show(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  // What became of JSON may have a `toString` that is no function.
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "an object";
  // Escaped: a text of a stranger's would be obeyed by a terminal.
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}
