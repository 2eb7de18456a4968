import type { Address } from "viem";
import { ContractError, type ErrorOptions } from "./base.ts";
import { time } from "./words.ts";

/** The address is, or once was, a key here. */
export class AlreadyRegisteredError extends ContractError<{ key: Address; id: number }> {
  override readonly name = "AlreadyRegisteredError";

  constructor(args: { key: Address; id: number }, options?: ErrorOptions) {
    const { key, id } = args;
    super(
      args,
      `${key} is, or once was, a key of identity ${id}.`,
      "A key serves one identity, for ever. Use an address that was never registered.",
      options,
    );
  }
}

/** A token can never be transferred. */
export class SoulboundError extends ContractError<{ id: number }> {
  override readonly name = "SoulboundError";

  constructor(args: { id: number }, options?: ErrorOptions) {
    const { id } = args;
    super(
      args,
      `Identity ${id} cannot be transferred, ever.`,
      "To move to another key, rotate it with `rotateKey`.",
      options,
    );
  }
}

/** The caller may not do this for this identity. */
export class NotAuthorizedError extends ContractError<{ id: number; caller: Address }> {
  override readonly name = "NotAuthorizedError";

  constructor(args: { id: number; caller: Address }, options?: ErrorOptions) {
    const { id, caller } = args;
    super(
      args,
      `${caller} may not do this for identity ${id}.`,
      "Call as its owner, or as somebody whom the owner allowed to do this.",
      options,
    );
  }
}

/** Only the owner may do this. */
export class NotOwnerError extends ContractError<{ id: number; caller: Address }> {
  override readonly name = "NotOwnerError";

  constructor(args: { id: number; caller: Address }, options?: ErrorOptions) {
    const { id, caller } = args;
    super(
      args,
      `${caller} is not the owner of identity ${id}.`,
      "Only the owner key may do this; a wallet, an operator or a former key may not.",
      options,
    );
  }
}

/** Only the guardian may do this. */
export class NotGuardianError extends ContractError<{ id: number; caller: Address }> {
  override readonly name = "NotGuardianError";

  constructor(args: { id: number; caller: Address }, options?: ErrorOptions) {
    const { id, caller } = args;
    super(
      args,
      `${caller} is not the guardian of identity ${id}.`,
      "Call as the guardian that `getIdentity` names.",
      options,
    );
  }
}

/** Only the candidate of a waiting recovery may claim it. */
export class NotCandidateError extends ContractError<{ id: number; caller: Address }> {
  override readonly name = "NotCandidateError";

  constructor(args: { id: number; caller: Address }, options?: ErrorOptions) {
    const { id, caller } = args;
    super(
      args,
      `${caller} is not the key that identity ${id} is to be recovered to.`,
      "Call as the candidate that `getIdentity` names.",
      options,
    );
  }
}

/** The identity is suspended. */
export class IdentitySuspendedError extends ContractError<{ id: number }> {
  override readonly name = "IdentitySuspendedError";

  constructor(args: { id: number }, options?: ErrorOptions) {
    const { id } = args;
    super(
      args,
      `Identity ${id} is suspended.`,
      "Its guardian, or its owner where it has none, ends that with `resume`.",
      options,
    );
  }
}

/** There is no suspension to end. */
export class IdentityNotSuspendedError extends ContractError<{ id: number }> {
  override readonly name = "IdentityNotSuspendedError";

  constructor(args: { id: number }, options?: ErrorOptions) {
    const { id } = args;
    super(args, `Identity ${id} is not suspended.`, undefined, options);
  }
}

/** The identity is retired, for ever. */
export class IdentityRetiredError extends ContractError<{ id: number }> {
  override readonly name = "IdentityRetiredError";

  constructor(args: { id: number }, options?: ErrorOptions) {
    const { id } = args;
    super(args, `Identity ${id} is retired, for ever.`, undefined, options);
  }
}

/** A wallet consents for five minutes at most. */
export class DeadlineTooFarError extends ContractError<{ deadline: number; latest: number }> {
  override readonly name = "DeadlineTooFarError";

  constructor(args: { deadline: number; latest: number }, options?: ErrorOptions) {
    const { deadline, latest } = args;
    super(
      args,
      `The deadline ${time(deadline)} is too far ahead: ${time(latest)} is the latest accepted now.`,
      "Sign again, with a deadline at most five minutes ahead.",
      options,
    );
  }
}

/** The metadata key is reserved. */
export class ReservedMetadataKeyError extends ContractError<{ key: string }> {
  override readonly name = "ReservedMetadataKeyError";

  constructor(args: { key: string }, options?: ErrorOptions) {
    const { key } = args;
    super(args, `The metadata key "${key}" is reserved.`, "Use `setAgentWallet`.", options);
  }
}

/** The key of an identity with a guardian has changed often, and changes slowly from now on. */
export class KeyTooYoungError extends ContractError<{ id: number; readyAt: number }> {
  override readonly name = "KeyTooYoungError";

  constructor(args: { id: number; readyAt: number }, options?: ErrorOptions) {
    const { id, readyAt } = args;
    super(
      args,
      `The key of identity ${id} has changed more than 128 times and cannot change again until ${time(readyAt)}.`,
      "Wait, or let the guardian recover the identity.",
      options,
    );
  }
}

/** The key has changed as often as it can. */
export class KeyEpochExhaustedError extends ContractError<{ id: number }> {
  override readonly name = "KeyEpochExhaustedError";

  constructor(args: { id: number }, options?: ErrorOptions) {
    const { id } = args;
    super(
      args,
      `The key of identity ${id} has no change left.`,
      "It changes 255 times at most; with a guardian, the last change is kept for its recovery.",
      options,
    );
  }
}

/** It has this guardian already. */
export class GuardianUnchangedError extends ContractError<{ id: number; guardian: Address | undefined }> {
  override readonly name = "GuardianUnchangedError";

  constructor(args: { id: number; guardian: Address | undefined }, options?: ErrorOptions) {
    const { id, guardian } = args;
    super(
      args,
      `Identity ${id} has ${guardian === undefined ? "no guardian" : `the guardian ${guardian}`} already.`,
      undefined,
      options,
    );
  }
}

/** An owner cannot be its own guardian. */
export class InvalidGuardianError extends ContractError<{ id: number; guardian: Address }> {
  override readonly name = "InvalidGuardianError";

  constructor(args: { id: number; guardian: Address }, options?: ErrorOptions) {
    const { id, guardian } = args;
    super(
      args,
      `${guardian} owns identity ${id} and cannot be its guardian.`,
      "Choose another address; a multisig is best.",
      options,
    );
  }
}

/** Zero cannot be a key. */
export class InvalidCandidateError extends ContractError<{ id: number }> {
  override readonly name = "InvalidCandidateError";

  constructor(args: { id: number }, options?: ErrorOptions) {
    const { id } = args;
    super(args, `Identity ${id} cannot be recovered to the zero address.`, undefined, options);
  }
}

/** No such change waits. */
export class NoPendingChangeError extends ContractError<{ id: number }> {
  override readonly name = "NoPendingChangeError";

  constructor(args: { id: number }, options?: ErrorOptions) {
    const { id } = args;
    super(args, `No such change waits for identity ${id}, or it has expired.`, "Propose it.", options);
  }
}

/** The change still has to wait. */
export class ChangeNotReadyError extends ContractError<{ id: number; readyAt: number }> {
  override readonly name = "ChangeNotReadyError";

  constructor(args: { id: number; readyAt: number }, options?: ErrorOptions) {
    const { id, readyAt } = args;
    super(args, `The change of identity ${id} has to wait until ${time(readyAt)}.`, undefined, options);
  }
}

/** The change was ready, and nobody completed it in time. */
export class ChangeExpiredError extends ContractError<{ id: number; expiredAt: number }> {
  override readonly name = "ChangeExpiredError";

  constructor(args: { id: number; expiredAt: number }, options?: ErrorOptions) {
    const { id, expiredAt } = args;
    super(
      args,
      `The change of identity ${id} could be completed until ${time(expiredAt)}.`,
      "Propose it again: the guardian with `proposeRecovery`.",
      options,
    );
  }
}

/** The owner cannot replace a recovery that its guardian started. */
export class RecoveryPendingError extends ContractError<{ id: number; candidate: Address }> {
  override readonly name = "RecoveryPendingError";

  constructor(args: { id: number; candidate: Address }, options?: ErrorOptions) {
    const { id, candidate } = args;
    super(
      args,
      `Identity ${id} is being recovered to ${candidate}.`,
      "Its guardian can cancel that with `cancelPending`.",
      options,
    );
  }
}

/** The signature came too late. */
export class SignatureExpiredError extends ContractError<{ deadline: number }> {
  override readonly name = "SignatureExpiredError";

  constructor(args: { deadline: number }, options?: ErrorOptions) {
    const { deadline } = args;
    super(args, `The signature counted until ${time(deadline)}.`, "Sign again.", options);
  }
}

/** A signed check-in counts in a later second than the last one only. */
export class AlreadySeenError extends ContractError<{ id: number; lastSeen: number }> {
  override readonly name = "AlreadySeenError";

  constructor(args: { id: number; lastSeen: number }, options?: ErrorOptions) {
    const { id, lastSeen } = args;
    super(
      args,
      `Identity ${id} checked in at ${time(lastSeen)}, which is now.`,
      "Send it again, a second later.",
      options,
    );
  }
}

/** Not a signature by this signer over this message. */
export class InvalidSignatureError extends ContractError<{ signer: Address }> {
  override readonly name = "InvalidSignatureError";

  constructor(args: { signer: Address }, options?: ErrorOptions) {
    const { signer } = args;
    super(
      args,
      `This is not a signature by ${signer} over this message.`,
      "Check chain, registry, nonce, keys, key epoch and every field that was signed. A check-in voids the check-ins that were " +
        "signed before; a vouch, a warning, a revocation and added points void what their voucher signed for the pair before.",
      options,
    );
  }
}

/** A signature counts once. */
export class NonceUsedError extends ContractError<{ owner: Address; nonce: bigint }> {
  override readonly name = "NonceUsedError";

  constructor(args: { owner: Address; nonce: bigint }, options?: ErrorOptions) {
    const { owner, nonce } = args;
    // A message without a nonce has its digest in this place, which says nothing to anybody; so would a nonce as long, which
    // other software may sign.
    const isLong = nonce > BigInt(Number.MAX_SAFE_INTEGER);
    super(
      args,
      isLong ? `${owner} has taken it back, or used its nonce.` : `${owner} has used nonce ${nonce}, or made it void.`,
      isLong ? "Sign again, with another deadline, or another nonce." : "Sign again, with a nonce that is free.",
      options,
    );
  }
}

/** The caller may not approve. */
export class InvalidApproverError extends ContractError<{ approver: Address }> {
  override readonly name = "InvalidApproverError";

  constructor(args: { approver: Address }, options?: ErrorOptions) {
    const { approver } = args;
    super(
      args,
      `${approver} may not approve anybody for this identity.`,
      "Only its owner and that owner's operators may.",
      options,
    );
  }
}

/** Zero cannot be an operator. */
export class InvalidOperatorError extends ContractError<{ operator: Address }> {
  override readonly name = "InvalidOperatorError";

  constructor(args: { operator: Address }, options?: ErrorOptions) {
    const { operator } = args;
    super(args, `${operator} cannot be an operator.`, undefined, options);
  }
}

/** Zero owns nothing. */
export class InvalidTokenOwnerError extends ContractError<{ owner: Address }> {
  override readonly name = "InvalidTokenOwnerError";

  constructor(args: { owner: Address }, options?: ErrorOptions) {
    const { owner } = args;
    super(args, `${owner} cannot own an identity.`, undefined, options);
  }
}

/** The constructor's arguments are out of range. */
export class InvalidParametersError extends ContractError<{ parameters: readonly number[] }> {
  override readonly name = "InvalidParametersError";

  constructor(args: { parameters: readonly number[] }, options?: ErrorOptions) {
    const { parameters } = args;
    super(
      args,
      `The registry refuses its parameters: ${parameters.join(", ")}.`,
      "Nothing may be zero or above its limit, and no origin ahead.",
      options,
    );
  }
}

/** The constructor's renderer is neither zero nor a contract. */
export class InvalidRendererError extends ContractError<{ renderer: Address }> {
  override readonly name = "InvalidRendererError";

  constructor(args: { renderer: Address }, options?: ErrorOptions) {
    const { renderer } = args;
    super(args, `${renderer} is no contract that makes registration files.`, "Deploy the renderer first.", options);
  }
}
