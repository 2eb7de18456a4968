import { type Account, type Chain, type Client, type Hex, type Transport, zeroHash } from "viem";
import { bytes32Of, idOf } from "../../check/arguments.ts";
import { getRegistryAddress } from "../../deployments/resolve.ts";
import type { SignErrorType } from "../../errors/common.ts";
import type { IdentityRetiredError, NotOwnerError } from "../../errors/identity.ts";
import type { UnknownIdentityError } from "../../errors/vouch.ts";
import { owned } from "../../facts/owners.ts";
import { chainIdOf } from "../../rpc/chainId.ts";
import { pulseMessage } from "../../signatures/messages.ts";
import { deadlineOf, signatureOf, signerOf } from "../../signatures/sign.ts";
import type { SignParameters } from "../../types/parameters.ts";
import type { SignedPulse } from "../../types/signed.ts";

/** Seconds until the signature expires, where no deadline is given. */
const AHEAD = 3_600;

/** Parameters of `signPulse`. */
export type SignPulseParameters<account extends Account | undefined = Account | undefined> = SignParameters<account> & {
  /** The identity; one that the account owns. */
  id: number;
  /** Merkle root of the agent's behaviour log. */
  checkpoint?: Hex | undefined;
};

/** What `signPulse` throws. */
export type SignPulseErrorType = SignErrorType | IdentityRetiredError | NotOwnerError | UnknownIdentityError;

/**
 * Checks in by signature; whoever holds the result may send it with `pulseFor`, and pays. By the owner alone: a wallet or an
 * operator sends `pulse`. The signature of a key proves that the owner is one (`ownerKind`).
 *
 * It credits when it lands, not when it was signed: the deadline says how old the sign of life may be. It has no nonce: it
 * names the last check-in, so that the next one, signed or not, makes it void. So does a rotation of the key, and
 * `voidConsent`.
 *
 * @param client - Client with the account that signs.
 * @param parameters - {@link SignPulseParameters}
 * @returns What `pulseFor` takes.
 * @throws {NotOwnerError} The account is not the owner.
 * @throws {IdentityRetiredError} It is retired.
 * @throws {UnknownIdentityError} It does not exist.
 *
 * @example
 * const signed = await signPulse(owner, { id: 7 });
 * await pulseFor(payer, { signed });
 */
export async function signPulse<chain extends Chain | undefined, account extends Account | undefined>(
  client: Client<Transport, chain, account>,
  parameters: SignPulseParameters<account>,
): Promise<SignedPulse> {
  const { id, checkpoint = zeroHash } = parameters;
  idOf(id);
  bytes32Of(checkpoint, "checkpoint");
  const { account, signer } = signerOf(client, parameters);
  const registry = getRegistryAddress(client, "identityRegistry", parameters.addresses);
  const chainId = await chainIdOf(client);
  const { owner, lastSeen } = await owned(client, id, signer, parameters);
  const deadline = await deadlineOf(client, parameters.deadline, AHEAD);
  const checkIn = { chainId, registry, id, owner, checkpoint, lastSeen, deadline };
  return { ...checkIn, signature: await signatureOf(client, account, pulseMessage(checkIn)) };
}
