import { vouchRegistryAbi } from "../../abi/vouchRegistry.ts";
import { idOf } from "../../check/arguments.ts";
import { Disowned } from "../../codecs/eventDecoders.ts";
import type { TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import type { NotOwnerError } from "../../errors/identity.ts";
import type { VouchNotFoundError, VouchNotLiveError, WarningNotDisownableError } from "../../errors/vouch.ts";
import type { Edge } from "../../types/vouch.ts";
import type { ContractCall, SyncAction, SyncReturnType, WriteAction } from "../../types/write.ts";
import { defineSync } from "../../writes/defineSync.ts";
import { defineWrite } from "../../writes/defineWrite.ts";

/** Parameters of `disown`. */
export type DisownParameters = {
  /** Who staked. */
  voucherId: number;
  /** For whom; an identity of the account. */
  subjectId: number;
};

/** What comes of `disown`. */
export type DisownEvent = {
  /** Who staked. */
  voucherId: number;
  /** For or against whom. */
  subjectId: number;
  /** The edge, as it is now. */
  edge: Edge;
};

/** Result of `disownSync`. */
export type DisownSyncReturnType = SyncReturnType<DisownEvent>;

/** What `disown` throws. */
export type DisownErrorType =
  | WriteErrorType
  | NotOwnerError
  | VouchNotFoundError
  | VouchNotLiveError
  | WarningNotDisownableError;

/**
 * Refuses a vouch that the subject does not want: it counts no more. By the subject's owner; a warning cannot be disowned.
 *
 * Simulates first, so that a refusal costs nothing and is explained, then sends and returns at once.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link DisownParameters}
 * @returns The hash of the transaction.
 * @throws {NotOwnerError} The account does not own the subject.
 * @throws {WarningNotDisownableError} It is a warning.
 * @throws {VouchNotFoundError} The pair has none.
 * @throws {VouchNotLiveError} It counts no more.
 *
 * @example
 * const hash = await disown(client, { voucherId: 7, subjectId: 9 });
 */
export const disown: WriteAction<
  DisownParameters,
  DisownEvent,
  ContractCall<typeof vouchRegistryAbi, "disown">
> = /*#__PURE__*/ defineWrite({
  registry: "vouchRegistry",
  abi: vouchRegistryAbi,
  functionName: "disown",
  args: ({ voucherId, subjectId }: DisownParameters) => [idOf(voucherId, "voucherId"), idOf(subjectId, "subjectId")],
  events: { Disowned },
});

/** What `disownSync` throws. */
export type DisownSyncErrorType =
  | WriteErrorType
  | NotOwnerError
  | TransactionRefusedError
  | VouchNotFoundError
  | VouchNotLiveError
  | WarningNotDisownableError;

/**
 * `disown`, and waits: the edge.
 *
 * @param client - Client with the account that sends.
 * @param parameters - {@link DisownParameters}
 * @returns {@link DisownSyncReturnType}
 * @throws {NotOwnerError} The account does not own the subject.
 * @throws {WarningNotDisownableError} It is a warning.
 * @throws {VouchNotFoundError} The pair has none.
 * @throws {VouchNotLiveError} It counts no more.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * const { edge } = await disownSync(client, { voucherId: 7, subjectId: 9 });
 */
export const disownSync: SyncAction<DisownParameters, DisownEvent> = /*#__PURE__*/ defineSync(disown);
