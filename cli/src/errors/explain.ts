import { isTenureError } from "@tenure/sdk";
import { CommanderError } from "commander";
import { BaseError, HttpRequestError } from "viem";
import { isCliError, Status } from "./cliError.ts";

/** An error, as a user is told of it. */
export type Explained = { status: number; name: string; message: string; hint: string | undefined };

/** Misuse that the SDK refuses before it asks the chain: the command is wrong, whatever the chain says. */
const misuse = new Set([
  "InvalidIdError",
  "InvalidPointsError",
  "InvalidTimeError",
  "InvalidPeriodError",
  "InvalidPeriodsError",
  "InvalidLimitError",
  "InvalidBytes32Error",
  "InvalidBytesError",
  "InvalidTextError",
  "InvalidBooleanError",
  "InvalidUint256Error",
  "NoncesApartError",
  "InvalidTargetError",
  "InvalidRequirementError",
  "SelfVouchError",
]);

/** What to do about an error of the SDK's, in the words of the command line. */
const hints: Readonly<Record<string, string>> = {
  VouchExistsError: "Extend or raise it with tenure renew, or take it back first with tenure revoke.",
  NotArbiterError:
    "It does so with tenure arbitration; or name another one, or none. A renewal keeps its arbiter: revoke, then stake anew.",
  SignatureVoidError: "Nothing was sent.",
  SignerUnknownError: "Nothing was sent. As the key that signed, say tenure void --nonces, and that nonce.",
  InsufficientEtherError: "Send it some, or sign with --sign and let somebody else submit and pay.",
};

/** Says what is wrong in one sentence, whatever was thrown. `where` is the node's address without its secrets. */
export function explain(error: unknown, where: string): Explained {
  if (isCliError(error)) {
    const message = error.status === Status.usage ? withoutKeys(error.message) : error.message;
    return { status: error.status, name: error.name, message, hint: error.hint };
  }
  if (error instanceof CommanderError) return explainArguments(error);
  if (isTenureError(error)) {
    // The SDK speaks of its own parameters, which have other names here.
    const isMisuse = misuse.has(error.name) && error.cause === undefined;
    const hint = error.metaMessages?.join(" ");
    return {
      status: isMisuse ? Status.usage : Status.refused,
      name: error.name,
      message: error.shortMessage,
      hint: hints[error.name] ?? (hint?.includes("`") ? undefined : hint),
    };
  }
  if (error instanceof BaseError) return explainViem(error, where);
  const message = error instanceof Error ? error.message : String(error);
  return { status: Status.refused, name: "UnexpectedError", message: oneLine(message), hint: undefined };
}

function explainArguments(error: CommanderError): Explained {
  const message = oneLine(withoutKeys(error.message.replace(/^error: /, "")));
  const sentence = `${message.charAt(0).toUpperCase()}${message.slice(1)}`.replace(/([^.?)])$/, "$1.");
  return { status: Status.usage, name: "UsageError", message: sentence, hint: undefined };
}

/** What viem reports about nodes and money. */
const known: readonly { name: string; pattern: RegExp; message: (where: string) => string; hint: string }[] = [
  {
    name: "InsufficientFundsError",
    pattern: /insufficient funds|doesn't have enough funds|exceeds the balance|gas required exceeds allowance \(0\)/i,
    message: () => "The account has too little ether to pay for the transaction.",
    hint: "Send it some, or sign with --sign and let somebody else submit and pay.",
  },
  {
    name: "NodeUnreachableError",
    pattern: /HttpRequestError|fetch failed|ECONNREFUSED|ENOTFOUND|HTTP request failed/,
    message: (where) => `No node answers at ${where}.`,
    hint: "Start one, or name another with --rpc or TENURE_RPC.",
  },
  {
    name: "NodeTimeoutError",
    pattern: /TimeoutError|took too long/,
    message: (where) => `The node at ${where} took too long to answer.`,
    hint: "Try again, or name another with --rpc or TENURE_RPC.",
  },
  {
    name: "NonceError",
    pattern: /nonce too low|nonce too high|NonceTooLowError|NonceTooHighError/i,
    message: () => "Another transaction of this account was sent at the same time.",
    hint: "Try again.",
  },
];

function explainViem(error: BaseError, where: string): Explained {
  const causes: string[] = [];
  for (let inner: unknown = error; inner instanceof Error; inner = inner.cause) {
    causes.push(inner.name, inner instanceof BaseError ? inner.shortMessage : inner.message);
    if (inner instanceof BaseError) causes.push(inner.details);
    if (inner instanceof HttpRequestError && inner.status !== undefined) return explainHttp(inner.status, where);
  }
  const text = causes.join("\n");
  for (const { name, pattern, message, hint } of known) {
    if (pattern.test(text)) return { status: Status.refused, name, message: message(where), hint };
  }
  // viem's message goes on with the request, in which the address of the node and its secrets may be.
  const details = error.details && !error.shortMessage.includes(error.details) ? ` ${error.details}` : "";
  const message = oneLine(`${error.shortMessage}${details}`).replace(/\b(?:https?|wss?):\/\/\S+/g, where);
  return { status: Status.refused, name: error.name, message, hint: undefined };
}

/** Somebody answers, and it is not what a node answers. */
function explainHttp(status: number, where: string): Explained {
  return {
    status: Status.refused,
    name: "NodeRefusedError",
    message: `${where} answers with HTTP status ${status}.`,
    hint:
      status === 429
        ? "It is asked too much; try again later, or name another node with --rpc or TENURE_RPC."
        : "Check --rpc or TENURE_RPC.",
  };
}

/** What was typed in the wrong place may be a key: a command's name, a file's. */
function withoutKeys(text: string): string {
  return text.replace(/(?:0x)?[0-9a-f]{64,}/gi, (digits) => `${digits.slice(0, 12)}…`);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
