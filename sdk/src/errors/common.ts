import type { InvalidAddressErrorType } from "viem";
import type {
  AccountRequiredError,
  ChainRequiredError,
  DeploymentNotFoundError,
  InvalidBlockError,
  InvalidBooleanError,
  InvalidBytes32Error,
  InvalidBytesError,
  InvalidIdError,
  InvalidLimitError,
  InvalidPeriodError,
  InvalidPointsError,
  InvalidRequirementError,
  InvalidTargetError,
  InvalidTextError,
  InvalidTimeError,
  InvalidUint256Error,
  RegistryNotDeployedError,
} from "./arguments.ts";
import type {
  InsufficientEtherError,
  NodeFailedError,
  NodeRefusedError,
  NodeUnreachableError,
  NotANodeError,
  WrongChainError,
} from "./network.ts";
import type { NonceTakenError, UnknownOutcomeError } from "./outcome.ts";
import type { InvalidSignedError } from "./signed.ts";
import type { InvalidPeriodsError, SelfVouchError } from "./vouch.ts";

/** What an action may refuse of what it is given, before it asks anybody: of each argument, what is not of its kind. */
export type ArgumentErrorType =
  | InvalidAddressErrorType
  | InvalidBlockError
  | InvalidBooleanError
  | InvalidBytes32Error
  | InvalidBytesError
  | InvalidIdError
  | InvalidLimitError
  | InvalidPeriodError
  | InvalidPeriodsError
  | InvalidPointsError
  | InvalidRequirementError
  | InvalidSignedError
  | InvalidTargetError
  | InvalidTextError
  | InvalidTimeError
  | InvalidUint256Error
  | SelfVouchError;

/** What any action may throw, whatever it does: for an argument, or where nobody answers, on the wrong chain, or nothing is there. */
export type CommonErrorType =
  | ArgumentErrorType
  | ChainRequiredError
  | DeploymentNotFoundError
  | NodeFailedError
  | NodeRefusedError
  | NodeUnreachableError
  | NotANodeError
  | RegistryNotDeployedError
  | WrongChainError;

/** What whoever signs may throw besides: nobody is there to sign. */
export type SignErrorType = CommonErrorType | AccountRequiredError;

/** What whoever sends may throw besides: nobody is there to send, or cannot pay, or
 * another transaction came first, or nobody says what came of it. */
export type WriteErrorType = SignErrorType | InsufficientEtherError | NonceTakenError | UnknownOutcomeError;
