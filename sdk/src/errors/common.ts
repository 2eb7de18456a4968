import type {
  ChainRequiredError,
  DeploymentNotFoundError,
  InvalidBlockError,
  InvalidIdError,
  RegistryNotDeployedError,
} from "./arguments.ts";
import type { NodeRefusedError, NodeUnreachableError, WrongChainError } from "./network.ts";

/** What any action may throw, whatever it does: nobody answers, on the wrong chain, about no number, or nothing is there. */
export type CommonErrorType =
  | ChainRequiredError
  | DeploymentNotFoundError
  | InvalidBlockError
  | InvalidIdError
  | NodeRefusedError
  | NodeUnreachableError
  | RegistryNotDeployedError
  | WrongChainError;
