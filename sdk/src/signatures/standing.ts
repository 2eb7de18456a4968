// Who signed what can be taken back, and why it can never count.
import { type Address, zeroAddress } from "viem";
import { addressOf } from "../check/arguments.ts";
import { isOwnArbiter } from "../check/offer.ts";
import { SignatureVoidError } from "../errors/signed.ts";
import { UnknownIdentityError } from "../errors/vouch.ts";
import { isTaken } from "../facts/keys.ts";
import { readIdentity } from "../facts/readIdentity.ts";
import { readKey } from "../facts/readKey.ts";
import { readVouch } from "../facts/readVouch.ts";
import { whyIrrevocable } from "../facts/revocable.ts";
import type { AnyClient } from "../types/client.ts";
import type { Identity, ResolvedKey } from "../types/identity.ts";
import type { AddressParameters } from "../types/parameters.ts";
import type { SignedVouch, SignedWarn, Unsent, Voidable } from "../types/signed.ts";
import { subjectOf } from "./voidable.ts";

/** What its voucher signed for a pair. */
export type ForPair = Extract<Voidable, { voucherId: number }>;

/** What the chain says of something signed: who signed it, and the first reason for which it can never count. */
type Standing = { signer: Address; why: string | undefined };

/** It can never count. */
export function isVoid(why: string): SignatureVoidError {
  return new SignatureVoidError({ why });
}

/**
 * Asks the chain who signed it, and whether it can count at all.
 *
 * @param signerLater - Who signed for a key epoch that the voucher has not reached.
 */
export async function standingOf(
  client: AnyClient,
  { signed, addresses }: { signed: Voidable } & AddressParameters,
  signerLater: (voucherId: number) => Promise<Address>,
): Promise<Standing> {
  if ("voucherId" in signed) return standingForPair(client, { signed, addresses }, signerLater);
  const find = (address: Address) => readKey(client, { address, addresses });
  const owner = addressOf(signed.owner);
  if ("agentURI" in signed) return { signer: owner, why: whyTaken(owner, await find(owner)) };
  const signer = addressOf("newOwner" in signed ? signed.newOwner : "newWallet" in signed ? signed.newWallet : owner);
  const [identity, ownerKey, signerKey] = await Promise.all([
    readIdentity(client, { id: signed.id, addresses }),
    find(owner),
    find(signer),
  ]);
  requireOwned(identity);
  const { id } = identity;
  if ("lastSeen" in signed) {
    // One that names a later check-in than the last was signed for dates to come.
    const isOvertaken = identity.lastSeen > signed.lastSeen;
    return {
      signer,
      why: whyNot(owner, ownerKey, id) ?? (isOvertaken ? `identity ${id} has checked in since` : undefined),
    };
  }
  if ("newWallet" in signed) return { signer, why: whyNot(owner, ownerKey, id) ?? whyNot(signer, signerKey, id) };
  if (identity.keyEpoch > signed.keyEpoch) throw isVoid(`the key of identity ${id} has changed since`);
  return { signer, why: whyNot(owner, ownerKey, id) ?? whyTaken(signer, signerKey) };
}

async function standingForPair(
  client: AnyClient,
  { signed, addresses }: { signed: ForPair } & AddressParameters,
  signerLater: (voucherId: number) => Promise<Address>,
): Promise<Standing> {
  const { voucherId, subjectId, keyEpoch, since } = signed;
  const [voucher, made, why] = await Promise.all([
    readIdentity(client, { id: voucherId, addresses }),
    readVouch(client, { voucherId, subjectId, addresses }),
    "stake" in signed ? whyNoOffer(client, signed, { addresses }) : undefined,
  ]);
  requireOwned(voucher);
  if (voucher.keyEpoch > keyEpoch) throw isVoid(`the key of identity ${voucherId} has changed since`);
  const signer = voucher.keyEpoch === keyEpoch ? voucher.owner : await signerLater(voucherId);
  if (made.since > since) {
    return { signer, why: `identity ${voucherId} vouched, warned, revoked or added points for ${subjectId} since` };
  }
  if ("stake" in signed || made.since !== since) return { signer, why };
  const isOver = (await whyIrrevocable(client, made, { addresses })) !== undefined;
  return { signer, why: isOver ? `what identity ${voucherId} staked on ${subjectId} is over` : undefined };
}

/** Why a vouch or warning can never be made of what was signed, for the sake of subject or arbiter. */
async function whyNoOffer(
  client: AnyClient,
  signed: Unsent<SignedVouch> | Unsent<SignedWarn>,
  { addresses }: AddressParameters,
): Promise<string | undefined> {
  const { subjectId, arbiterId } = signed;
  if (isOwnArbiter(signed)) return `identity ${signed.arbiterId} cannot be the arbiter of its own vouch`;
  const subject = addressOf(subjectOf(signed));
  const arbiter = addressOf(signed.arbiterOwner ?? zeroAddress);
  const isArbiterNamed = arbiter !== zeroAddress;
  if (isArbiterNamed && arbiterId === undefined) return "it names the owner of an arbiter, and no arbiter";
  const [subjectKey, arbiterKey] = await Promise.all([
    readKey(client, { address: subject, addresses }),
    isArbiterNamed ? readKey(client, { address: arbiter, addresses }) : undefined,
  ]);
  // Any key that the subject ever had says who is warned about.
  const isMeant = "subjectKey" in signed && subjectKey.id === subjectId && isTaken(subjectKey);
  const why = isMeant ? undefined : whyNot(subject, subjectKey, subjectId);
  return why ?? (arbiterKey && arbiterId !== undefined ? whyNot(arbiter, arbiterKey, arbiterId) : undefined);
}

function requireOwned(identity: Identity): asserts identity is Identity & { owner: Address } {
  const { id, status, owner } = identity;
  if (status === "unknown") throw new UnknownIdentityError({ id });
  if (owner === undefined) throw isVoid(`identity ${id} is retired`);
}

/** Why an address can never own an identity, or never again; undefined where it does, or still can. */
function whyNot(address: Address, key: ResolvedKey, id: number): string | undefined {
  if (!isTaken(key) || (key.id === id && key.role === "owner")) return undefined;
  return key.id === id ? `${address} is the owner of identity ${id} no more` : whyTaken(address, key);
}

/** Why an address can never become an owner. */
function whyTaken(address: Address, key: ResolvedKey): string | undefined {
  return isTaken(key) ? `${address} is, or once was, a key of identity ${key.id}` : undefined;
}
