import {
  type Address,
  type ContractErrorArgs,
  type ContractErrorName,
  decodeErrorResult,
  type Hex,
  isHex,
  zeroAddress,
} from "viem";
import { contractErrorsAbi } from "../abi/errors.ts";
import { decodeStatus, decodeVouchState } from "../codecs/enums.ts";
import { decodeReasons } from "../codecs/reasons.ts";
import type { ContractError, ErrorOptions, TenureError } from "./base.ts";
import * as delegation from "./delegation.ts";
import * as gate from "./gate.ts";
import * as identity from "./identity.ts";
import { interpret } from "./interpret.ts";
import * as link from "./link.ts";
import * as vouch from "./vouch.ts";

type Abis = typeof contractErrorsAbi;

/** The errors that a contract of Tenure can give. */
export type ContractErrorNames = ContractErrorName<Abis>;

type Factories = {
  [name in ContractErrorNames]?: (args: ContractErrorArgs<Abis, name>, options: ErrorOptions) => ContractError;
};

/**
 * Errors that the ABIs name, and no call that this package makes can meet: of ERC-721 transfers, which do not exist here,
 * and of string and call helpers.
 */
type Unreachable =
  | "ERC721IncorrectOwner"
  | "ERC721InsufficientApproval"
  | "ERC721InvalidReceiver"
  | "ERC721InvalidSender"
  | "InvalidShortString"
  | "StringTooLong"
  | "StringsInsufficientHexLength"
  | "AddressEmptyCode"
  | "FailedCall";

const factories: Factories & { [name in Exclude<ContractErrorNames, Unreachable>]: unknown } = {
  AlreadyRegistered: ([key, id], o) => new identity.AlreadyRegisteredError({ key, id: Number(id) }, o),
  Soulbound: ([id], o) => new identity.SoulboundError({ id: Number(id) }, o),
  NotAuthorized: ([id, caller], o) => new identity.NotAuthorizedError({ id: Number(id), caller }, o),
  NotOwner: ([id, caller], o) => new identity.NotOwnerError({ id: Number(id), caller }, o),
  NotGuardian: ([id, caller], o) => new identity.NotGuardianError({ id: Number(id), caller }, o),
  NotCandidate: ([id, caller], o) => new identity.NotCandidateError({ id: Number(id), caller }, o),
  IdentitySuspended: ([id], o) => new identity.IdentitySuspendedError({ id: Number(id) }, o),
  IdentityNotSuspended: ([id], o) => new identity.IdentityNotSuspendedError({ id: Number(id) }, o),
  IdentityRetired: ([id], o) => new identity.IdentityRetiredError({ id: Number(id) }, o),
  DeadlineTooFar: ([deadline, latest], o) =>
    new identity.DeadlineTooFarError({ deadline: Number(deadline), latest: Number(latest) }, o),
  ReservedMetadataKey: ([key], o) => new identity.ReservedMetadataKeyError({ key }, o),
  KeyTooYoung: ([id, readyAt], o) => new identity.KeyTooYoungError({ id: Number(id), readyAt }, o),
  KeyEpochExhausted: ([id], o) => new identity.KeyEpochExhaustedError({ id: Number(id) }, o),
  GuardianUnchanged: ([id, guardian], o) =>
    new identity.GuardianUnchangedError({ id: Number(id), guardian: unlessZero(guardian) }, o),
  InvalidGuardian: ([id, guardian], o) => new identity.InvalidGuardianError({ id: Number(id), guardian }, o),
  InvalidCandidate: ([id], o) => new identity.InvalidCandidateError({ id: Number(id) }, o),
  NoPendingChange: ([id], o) => new identity.NoPendingChangeError({ id: Number(id) }, o),
  ChangeExpired: ([id, expiredAt], o) => new identity.ChangeExpiredError({ id: Number(id), expiredAt }, o),
  ChangeNotReady: ([id, readyAt], o) => new identity.ChangeNotReadyError({ id: Number(id), readyAt }, o),
  RecoveryPending: ([id, candidate], o) => new identity.RecoveryPendingError({ id: Number(id), candidate }, o),
  AlreadySeen: ([id, lastSeen], o) => new identity.AlreadySeenError({ id: Number(id), lastSeen }, o),
  SignatureExpired: ([deadline], o) => new identity.SignatureExpiredError({ deadline: Number(deadline) }, o),
  InvalidSignature: ([signer], o) => new identity.InvalidSignatureError({ signer }, o),
  NonceUsed: ([owner, nonce], o) => new identity.NonceUsedError({ owner, nonce }, o),
  ERC721NonexistentToken: ([id], o) => new vouch.UnknownIdentityError({ id: Number(id) }, o),
  ERC721InvalidApprover: ([approver], o) => new identity.InvalidApproverError({ approver }, o),
  ERC721InvalidOperator: ([operator], o) => new identity.InvalidOperatorError({ operator }, o),
  ERC721InvalidOwner: ([owner], o) => new identity.InvalidTokenOwnerError({ owner }, o),
  InvalidParameters: (parameters, o) =>
    new identity.InvalidParametersError({ parameters: [...(parameters as readonly number[])] }, o),
  InvalidRenderer: ([renderer], o) => new identity.InvalidRendererError({ renderer }, o),
  UnknownIdentity: ([id], o) => new vouch.UnknownIdentityError({ id: Number(id) }, o),
  NotActive: ([id, status], o) => new vouch.NotActiveError({ id: Number(id), status: decodeStatus(status) }, o),
  SelfVouch: ([id], o) => new vouch.SelfVouchError({ id: Number(id) }, o),
  ZeroStake: ([voucher, subject], o) => new vouch.ZeroStakeError(pair(voucher, subject), o),
  InsufficientStanding: ([id, free, needed, earnable], o) =>
    new vouch.InsufficientStandingError(
      { id: Number(id), free: Number(free), needed: Number(needed), earnable: Number(earnable) },
      o,
    ),
  InvalidPeriods: ([periods, most], o) =>
    new vouch.InvalidPeriodsError({ periods: Number(periods), most: Number(most) }, o),
  InvalidArbiter: ([arbiter], o) => new vouch.InvalidArbiterError({ arbiterId: Number(arbiter) }, o),
  NotArbiter: ([arbiter], o) => new vouch.NotArbiterError({ arbiterId: Number(arbiter) }, o),
  VouchExists: ([voucher, subject, release], o) =>
    new vouch.VouchExistsError({ ...pair(voucher, subject), releasePeriod: Number(release) }, o),
  VouchRefused: ([voucher, subject, release], o) =>
    new vouch.VouchRefusedError({ ...pair(voucher, subject), releasePeriod: Number(release) }, o),
  ArbiterChanges: ([arbiter, newArbiter], o) =>
    new vouch.ArbiterChangesError({ arbiterId: Number(arbiter), newArbiterId: Number(newArbiter) || undefined }, o),
  StakeShrinks: ([stake, newStake], o) =>
    new vouch.StakeShrinksError({ stake: Number(stake), newStake: Number(newStake) }, o),
  ReleaseShortens: ([release, newRelease], o) =>
    new vouch.ReleaseShortensError({ releasePeriod: Number(release), newReleasePeriod: Number(newRelease) }, o),
  NotSubjectKey: ([subject, key], o) => new vouch.NotSubjectKeyError({ subjectId: Number(subject), key }, o),
  VouchNotFound: ([voucher, subject], o) => new vouch.VouchNotFoundError(pair(voucher, subject), o),
  VouchNotLive: ([voucher, subject, state], o) =>
    new vouch.VouchNotLiveError({ ...pair(voucher, subject), state: decodeVouchState(state) }, o),
  VouchReleased: ([voucher, subject, release], o) =>
    new vouch.VouchReleasedError({ ...pair(voucher, subject), releasePeriod: Number(release) }, o),
  RenewalShortens: ([end, newEnd], o) =>
    new vouch.RenewalShortensError({ endPeriod: Number(end), newEndPeriod: Number(newEnd) }, o),
  NothingToRenew: ([voucher, subject], o) => new vouch.NothingToRenewError(pair(voucher, subject), o),
  WarningNotDisownable: ([voucher, subject], o) => new vouch.WarningNotDisownableError(pair(voucher, subject), o),
  NoArbiter: ([voucher, subject], o) => new vouch.NoArbiterError(pair(voucher, subject), o),
  InvalidBurn: ([amount, stake], o) => new vouch.InvalidBurnError({ amount: Number(amount), stake: Number(stake) }, o),
  RingFull: ([id, room, needed], o) =>
    new vouch.RingFullError({ subjectId: Number(id), room: Number(room), needed: Number(needed) }, o),
  HorizonPassed: ([period, last], o) => new vouch.HorizonPassedError({ period: Number(period), last: Number(last) }, o),
  PeriodPassed: ([period, current], o) =>
    new vouch.PeriodPassedError({ period: Number(period), current: Number(current) }, o),
  InvalidCursor: ([cursor], o) => new vouch.InvalidCursorError({ cursor: Number(cursor) }, o),
  InvalidIdentityRegistry: ([identities], o) => new link.InvalidIdentityRegistryError({ identities }, o),
  InvalidRegistry: ([agentRegistry], o) => new link.InvalidRegistryError({ agentRegistry }, o),
  TokenUnreadable: ([agentRegistry, agentId], o) => new link.TokenUnreadableError({ agentRegistry, agentId }, o),
  TokenNotHeld: ([id, agentRegistry, agentId, tokenOwner], o) =>
    new link.TokenNotHeldError({ id: Number(id), agentRegistry, agentId, tokenOwner }, o),
  AlreadyLinked: ([agentRegistry, agentId, linkedId], o) =>
    new link.AlreadyLinkedError({ agentRegistry, agentId, linkedId: Number(linkedId) }, o),
  LinkNotFound: ([id, agentRegistry, agentId], o) =>
    new link.LinkNotFoundError({ id: Number(id), agentRegistry, agentId }, o),
  InsufficientGas: ([available, needed], o) =>
    new link.InsufficientGasError({ available: Number(available), needed: Number(needed) }, o),
  EpochsExhausted: ([issuer, epoch], o) => new delegation.EpochsExhaustedError({ issuer, epoch }, o),
  Untrusted: ([id, reasons], o) =>
    new gate.UntrustedError({ id: id === 0n ? undefined : Number(id), reasons: decodeReasons(reasons) }, o),
};

/**
 * Turns what a contract of Tenure gave as its reason to refuse into an error in words.
 *
 * @param data - The revert data.
 * @param options - The error underneath.
 * @returns The error; undefined where the data is no error of Tenure.
 *
 * @example
 * decodeContractError(data)?.shortMessage; // "Identity 7 has 12 points free, 30 needed; a check-in now would earn 18."
 */
export function decodeContractError(data: Hex, options: ErrorOptions = {}): ContractError | undefined {
  try {
    const { errorName, args } = decodeErrorResult({ abi: contractErrorsAbi, data });
    const factory = factories[errorName as ContractErrorNames];
    return (factory as ((args: unknown, options: ErrorOptions) => ContractError) | undefined)?.(args, options);
  } catch {
    return undefined;
  }
}

/**
 * Turns anything that viem throws into an error of this package where a contract of Tenure was the one to refuse, and where
 * the node does not answer.
 *
 * @param error - What was thrown.
 * @param options - How the registry counts periods (`getParameters`), where errors shall name dates.
 * @returns An error of this package, or what was given.
 *
 * @example
 * try {
 *   await walletClient.writeContract(request);
 * } catch (error) {
 *   const explained = toTenureError(error);
 *   if (isTenureError(explained)) console.error(explained.shortMessage);
 * }
 */
export function toTenureError(error: unknown, { clock }: Pick<ErrorOptions, "clock"> = {}): TenureError | unknown {
  return interpret(error, (inner, options) => {
    const data = revertData(inner);
    return data && decodeContractError(data, { ...options, clock });
  });
}

/** Where viem's errors keep revert data: `raw` of a decoded revert, `data` of a call or of an answer. */
function revertData(error: Error): Hex | undefined {
  const { raw, data } = error as { raw?: unknown; data?: unknown };
  const nested = typeof data === "object" && data !== null && "data" in data ? data.data : data;
  return [raw, nested].find((value): value is Hex => isHex(value) && value.length >= 10);
}

function pair(voucherId: bigint, subjectId: bigint): { voucherId: number; subjectId: number } {
  return { voucherId: Number(voucherId), subjectId: Number(subjectId) };
}

function unlessZero(address: Address): Address | undefined {
  return address === zeroAddress ? undefined : address;
}
