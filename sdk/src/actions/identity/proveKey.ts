import { type Account, type Chain, type Client, type Hex, hashTypedData, type Transport } from "viem";
import { NotKeyError, type TransactionRefusedError } from "../../errors/arguments.ts";
import type { WriteErrorType } from "../../errors/common.ts";
import {
  AlreadySeenError,
  type IdentityRetiredError,
  type IdentitySuspendedError,
  type InvalidSignatureError,
  type NotOwnerError,
} from "../../errors/identity.ts";
import type { UnknownIdentityError } from "../../errors/vouch.ts";
import { isEcdsaOf } from "../../signatures/ecdsa.ts";
import { pulseMessage } from "../../signatures/messages.ts";
import type { AnyClient } from "../../types/client.ts";
import type { WaitParameters, WriteParameters } from "../../types/parameters.ts";
import type { SignedPulse } from "../../types/signed.ts";
import type { PulseSyncReturnType } from "./pulse.ts";
import { pulseFor, pulseForSync } from "./pulseFor.ts";
import { signPulse } from "./signPulse.ts";

/** How long to wait for a block of a later second than the last check-in. */
const PATIENCE = 60_000;

/** Parameters of `proveKey`. */
export type ProveKeyParameters<account extends Account | undefined = Account | undefined> = WriteParameters<account> & {
  /** The identity; one that the account owns. */
  id: number;
  /** Merkle root of the agent's behaviour log. */
  checkpoint?: Hex | undefined;
  /** Last second (unix time) at which the signature counts; in an hour where left out. */
  deadline?: number | undefined;
};

/** Result of `proveKeySync`. */
export type ProveKeySyncReturnType = PulseSyncReturnType;

/** What `proveKey` throws. */
export type ProveKeyErrorType =
  | WriteErrorType
  | AlreadySeenError
  | IdentityRetiredError
  | IdentitySuspendedError
  | InvalidSignatureError
  | NotKeyError
  | NotOwnerError
  | UnknownIdentityError;

/**
 * Proves that the account is a key: signs a check-in of the identity that it owns with `signPulse`, and sends it itself with
 * `pulseFor`. `ownerKind` is `key` from then on, as long as it is the owner. Having registered by a transaction proves
 * nothing.
 *
 * A check-in counts in a later second than the last one: straight after the registration it waits for the next block.
 *
 * @param client - Client with the account that signs and sends.
 * @param parameters - {@link ProveKeyParameters}
 * @returns The hash of the transaction.
 * @throws {NotKeyError} The account signs as a contract, which proves nothing.
 * @throws {NotOwnerError} The account is not the owner.
 * @throws {AlreadySeenError} No block of a later second came within a minute.
 * @throws {InvalidSignatureError} It checked in while this waited, by its wallet or an operator: call again.
 * @throws {IdentitySuspendedError} It is suspended.
 * @throws {IdentityRetiredError} It is retired.
 * @throws {UnknownIdentityError} It does not exist.
 *
 * @example
 * const hash = await proveKey(client, { id: 7 });
 */
export async function proveKey<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: ProveKeyParameters<account>,
): Promise<Hex> {
  const sent = await signAsKey(client, parameters);
  return patiently(client.pollingInterval, () => pulseFor(client as AnyClient, sent));
}

/** What `proveKeySync` throws. */
export type ProveKeySyncErrorType =
  | WriteErrorType
  | AlreadySeenError
  | IdentityRetiredError
  | IdentitySuspendedError
  | InvalidSignatureError
  | NotKeyError
  | NotOwnerError
  | TransactionRefusedError
  | UnknownIdentityError;

/**
 * `proveKey`, and waits: the check-in.
 *
 * @param client - Client with the account that signs and sends.
 * @param parameters - {@link ProveKeyParameters}
 * @returns {@link ProveKeySyncReturnType}
 * @throws {NotKeyError} The account signs as a contract, which proves nothing.
 * @throws {NotOwnerError} The account is not the owner.
 * @throws {AlreadySeenError} No block of a later second came within a minute.
 * @throws {InvalidSignatureError} It checked in while this waited, by its wallet or an operator: call again.
 * @throws {IdentitySuspendedError} It is suspended.
 * @throws {IdentityRetiredError} It is retired.
 * @throws {UnknownIdentityError} It does not exist.
 * @throws {TransactionRefusedError} It was mined, but refused.
 *
 * @example
 * await proveKeySync(client, { id: 7 });
 * (await getIdentity(client, { id: 7 })).ownerKind; // "key"
 */
export async function proveKeySync<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: ProveKeyParameters<account> & WaitParameters,
): Promise<ProveKeySyncReturnType> {
  const sent = await signAsKey(client, parameters);
  const { pollingInterval = client.pollingInterval } = parameters;
  return patiently(pollingInterval, () => pulseForSync(client as AnyClient, sent));
}

/** The account's check-in, with all that was said about sending it. */
async function signAsKey<parameters extends ProveKeyParameters>(
  client: AnyClient,
  parameters: parameters,
): Promise<parameters & { signed: SignedPulse }> {
  const signed = await signPulse(client, parameters);
  const { owner, signature } = signed;
  if (!(await isEcdsaOf(owner, hashTypedData(pulseMessage(signed)), signature))) throw new NotKeyError({ owner });
  return { ...parameters, signed };
}

/** Repeats what nodes refuse because their latest block is of the second of the last check-in. */
async function patiently<result>(pollingInterval: number, ask: () => Promise<result>): Promise<result> {
  for (const end = Date.now() + PATIENCE; ; ) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof AlreadySeenError) || Date.now() >= end) throw error;
      await new Promise((resolve) => setTimeout(resolve, pollingInterval));
    }
  }
}
