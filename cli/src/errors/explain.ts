import { isTenureError, type TenureError, toTenureError } from "@tenure/sdk";
import { type Command, CommanderError } from "commander";
import { BaseError, type Hex } from "viem";
import { isCliError, Status } from "./cliError.ts";
import { harmless } from "./harmless.ts";
import { aboutKeys, meantOption } from "./misspelt.ts";
import { explainRequest } from "./requests.ts";

/** An error, as a user is told of it. */
export type Explained = {
  status: number;
  name: string;
  message: string;
  hint: string | undefined;
  /** The transaction of which it is not known, or not told, what came of it. */
  hash?: Hex | undefined;
};

/** What the SDK refuses before it asks the chain: the command is wrong, whatever the chain says. */
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
  "OriginFixedError",
  "SignedElsewhereError",
]);

/** How to find out what came of a transaction, without the node that did not answer. */
export const LOOK =
  "Look for its receipt before you run the command again: by its hash at a node that answers, or in a block explorer; " +
  "tenure history says with --json which transactions an identity has.";

/** What to do about an error of the SDK's, in the words of the command line, where the SDK's own do not fit. */
export const hints: Readonly<Record<string, string>> = {
  VouchExistsError: "Extend or raise it with tenure renew, or take it back first with tenure revoke.",
  NotArbiterError:
    "It does so with tenure arbitration; or name another one, or none. A renewal keeps its arbiter: revoke, then stake anew.",
  NotGuardianError: "Its guardian is in tenure show.",
  NotCandidateError: "The candidate is in tenure show.",
  IdentitySuspendedError: "Its guardian, or its owner where it has none, ends that with tenure resume.",
  ChangeExpiredError: "Its guardian proposes it again with tenure guardian propose.",
  RecoveryPendingError: "Its guardian can cancel that with tenure guardian cancel.",
  ReservedMetadataKeyError: "A wallet is given with tenure wallet set.",
  DeadlineTooFarError: "Wait, or have it signed again without --valid.",
  UnsupportedURIError: "What is opened is data:, https: and, with --gateway, ipfs:.",
  SignatureVoidError: "Nothing was sent.",
  SignerUnknownError: "Nothing was sent. As the key that signed, say tenure void --nonces, and that nonce.",
  GatewayRequiredError: "Name one with --gateway, as a local node's http://127.0.0.1:8080/ipfs/.",
  WrongChainError: "Check --chain, --rpc and TENURE_RPC.",
  SignedElsewhereError: "Name a node of that chain with --rpc, and its registries with --addresses.",
  UnknownOutcomeError: LOOK,
  NonceTakenError:
    "Nothing was done. Another command or program sends with this key: let it end, then run this command again.",
  TransactionRefusedError: "The chain had changed by then, or its gas ran out; run the command again for the reason.",
};

/** Errors about the node, to which the command line adds how another one is named. */
const aboutNode = new Set(["NodeUnreachableError", "NodeRefusedError", "NodeFailedError", "NotANodeError"]);

/** What to do where the node has not the logs that were asked for: as the SDK says, in options that the command has. */
const aboutLogs: Readonly<Record<string, { always: string; fromBlock: string }>> = {
  HistoryPrunedError: {
    always: "Name a node that keeps all logs with --rpc or TENURE_RPC",
    fromBlock: "say a later --from-block and do without what came before",
  },
  LogsNotIndexedError: {
    always: "The node lags behind: run the command again in a moment, or name another node with --rpc or TENURE_RPC",
    fromBlock: "",
  },
  BlockNotReachedError: {
    always: "The node may lag behind: run the command again in a moment, or name another one with --rpc or TENURE_RPC",
    fromBlock: "say an earlier --from-block",
  },
};

/**
 * Says what is wrong in one sentence, whatever was thrown. `where` is the node's address without its secrets, `command` what
 * was run: a hint names no option that it does not have.
 */
export function explain(thrown: unknown, where: string, command?: Command): Explained {
  if (isCliError(thrown)) {
    const message = thrown.status === Status.usage ? withoutKeys(thrown.message) : thrown.message;
    return { status: thrown.status, name: thrown.name, message, hint: thrown.hint };
  }
  if (thrown instanceof CommanderError) return explainArguments(thrown);
  const explained = explainRequest(thrown);
  if (explained !== undefined) return explained;
  // Some requests go to the node without an action of the SDK, which puts their errors into the same words.
  const error = toTenureError(thrown);
  if (isTenureError(error)) return explainTenure(error, command);
  if (error instanceof BaseError) return explainViem(error, where);
  const message = error instanceof Error ? error.message : String(error);
  return { status: Status.refused, name: "UnexpectedError", message: oneLine(message), hint: undefined };
}

/** The SDK speaks of its own parameters, which have other names here. */
function explainTenure(error: TenureError, command: Command | undefined): Explained {
  if (error.name === "InvalidRequirementError" && error.shortMessage.endsWith("is no requirement.")) {
    const hint = "Say what: --min-tenure 30d, or --anchors 1,7.";
    return { status: Status.usage, name: error.name, message: "Nothing is demanded.", hint };
  }
  const { hash } = error as { hash?: Hex };
  const isUnknown = error.name === "UnknownOutcomeError";
  const isMisuse = error.name === "WrongChainError" || (misuse.has(error.name) && error.cause === undefined);
  return {
    status: isUnknown ? Status.unknown : isMisuse ? Status.usage : Status.refused,
    name: error.name,
    message: error.shortMessage,
    hint: hintOf(error, command),
    ...(isUnknown && { hash }),
  };
}

function hintOf({ name, metaMessages, shortMessage }: TenureError, command: Command | undefined): string | undefined {
  if (name === "InsufficientEtherError") return aboutEther(shortMessage, command);
  if (Object.hasOwn(aboutLogs, name)) return logHint(name, command);
  const advice = metaMessages?.join(" ");
  if (aboutNode.has(name)) return `${advice} Another node is named with --rpc or TENURE_RPC.`;
  if (name === "InvalidRequirementError") return advice?.replace(/`(\w+)`/g, (_, field: string) => optionOf(field));
  return hints[name] ?? (advice?.includes("`") ? undefined : advice);
}

function has(command: Command | undefined, option: string): boolean {
  return command?.options.some(({ long }) => long === option) === true;
}

function logHint(name: string, command: Command | undefined): string {
  const { always = "", fromBlock = "" } = aboutLogs[name] ?? {};
  const storage = "read the registry's own lists with --storage";
  const others = [
    ...(fromBlock !== "" && has(command, "--from-block") ? [fromBlock] : []),
    ...(has(command, "--storage") ? [storage] : []),
  ];
  return `${[always, ...others].join("; or ")}.`;
}

/** Whoever may sign instead is told so. What a next key or a wallet signs, its owner sends: that saves no ether. */
function aboutEther(message: string, command: Command | undefined): string {
  const others =
    has(command, "--sign") && !has(command, "--consent")
      ? ", or sign with --sign and let somebody else submit and pay"
      : "";
  return `Send it some${others}. On a local chain: tenure fund ${message.split(" ")[0]}`;
}

/** `minAnchors` is `--min-anchors` here. */
function optionOf(field: string): string {
  return `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function explainArguments(error: CommanderError): Explained {
  const told = meantOption(harmless(error.message));
  const message = oneLine(withoutKeys(told.replace(/^error: /, "")));
  const sentence = `${message.charAt(0).toUpperCase()}${message.slice(1)}`.replace(/([^.?)])$/, "$1.");
  return { status: Status.usage, name: "UsageError", message: sentence, hint: aboutKeys(error.message) };
}

/** What a node says of a transaction, and no contract of Tenure does. */
function explainViem(error: BaseError, where: string): Explained {
  const nonce = error.walk((inner) => inner instanceof Error && inner.name === "NonceTooHighError");
  if (nonce !== null) {
    const message = "The node wants an earlier transaction of this account first.";
    const hint =
      "Nothing was done. It may lag behind: run the command again in a moment, or name another node with --rpc.";
    return { status: Status.refused, name: "NonceError", message, hint };
  }
  if (/out of gas|block gas limit|gas limit too high/i.test(`${error.shortMessage} ${error.details}`)) {
    const message = "That takes more gas than the node allows for one transaction.";
    const hint = "Nothing was done. A long text belongs in a file, whose place is written; a long list goes in parts.";
    return { status: Status.refused, name: "RefusedError", message, hint };
  }
  // viem's message goes on with the request, in which the address of the node and its secrets may be.
  const details = error.details && !error.shortMessage.includes(error.details) ? ` ${error.details}` : "";
  const message = oneLine(`${error.shortMessage}${details}`).replace(/\b(?:https?|wss?):\/\/\S+/g, where);
  return { status: Status.refused, name: error.name, message, hint: undefined };
}

/** What was typed in the wrong place may be a key: a command's name, a file's. */
function withoutKeys(text: string): string {
  return text.replace(/(?:0x)?[0-9a-f]{64,}/gi, (digits) => `${digits.slice(0, 12)}…`);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
