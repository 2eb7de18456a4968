// What the events of the registry of identities say that it stored: contracts/IdentityRegistry.sol.
import type { EventContent } from "@tenure/sdk";
import type { Hex } from "viem";
import * as record from "../words/identityRecord.ts";
import { changeIn, keyEntry, pendingChange, role, sinceOf } from "../words/keyEntry.ts";
import { addressIn, addressWord, field, lower, withField } from "../words/word.ts";
import { type Clock, ContradictionError, type IdentityWords, type State } from "./cells.ts";

type Named<name extends EventContent["eventName"]> = Extract<EventContent, { eventName: name }>;

const FIRST_SEEN_AT = 160n;

const nothing = { extension: 0n, pending: 0n, wallet: 0n, approval: 0n, support: 0n, opposition: 0n, commitments: 0n };

/** The identity, which was registered before. */
export function known(state: State, id: number): IdentityWords {
  const found = state.get("identity", id);
  if (found === undefined) throw new ContradictionError(`An event tells of identity ${id}, which was not registered.`);
  return found;
}

function change(state: State, id: number, changes: Partial<IdentityWords>): void {
  state.set("identity", [id], { ...known(state, id), ...changes });
}

export function registered(state: State, { id, owner, agentURI }: Named<"Registered">, now: bigint): void {
  state.set("identity", [id], { ...nothing, record: record.newRecord(addressWord(owner), now), uri: agentURI });
  state.set("key", [lower(owner)], keyEntry(id, role.owner, now));
}

export function checkedIn(state: State, { id }: Named<"Pulse">, now: bigint, { maxSilence }: Clock): void {
  change(state, id, { record: record.withCheckIn(known(state, id).record, now, BigInt(maxSilence)) });
}

export function ownerProven(state: State, { id }: Named<"OwnerProven">): void {
  change(state, id, { record: record.withKeyOwned(known(state, id).record) });
}

export function statusSet(state: State, id: number, value: bigint): void {
  change(state, id, { record: record.withStatus(known(state, id).record, value) });
}

export function arbitrationSet(state: State, { id, isOpen }: Named<"ArbitrationSet">): void {
  change(state, id, { record: record.withArbitration(known(state, id).record, isOpen) });
}

export function uriUpdated(state: State, { id, agentURI }: Named<"URIUpdated">): void {
  change(state, id, { uri: agentURI });
}

export function approved(state: State, { id, approved: address }: Named<"Approval">): void {
  change(state, id, { approval: addressWord(address) });
}

export function keyRotated(state: State, event: Named<"KeyRotated">, now: bigint, clock: Clock): void {
  const { id, oldOwner, newOwner } = event;
  const before = known(state, id);
  const own = dated(state, before);
  const next = record.withNextKeyEpoch(record.withOwner(own.record, addressWord(newOwner)));
  if (record.keyEpochOf(next) !== BigInt(event.keyEpoch)) {
    throw new ContradictionError(`Identity ${id} has key epoch ${event.keyEpoch}, and was expected to have another.`);
  }
  // A recovery that is claimed tells no more than the rotation; one that waits for somebody else goes on waiting.
  const waiting = changeIn(own.pending);
  const isClaimed =
    waiting.kind === "recovery" && waiting.candidate === addressWord(newOwner) && isOpen(own, now, clock);
  state.set("identity", [id], {
    ...own,
    record: next,
    wallet: 0n,
    approval: 0n,
    pending: isClaimed ? 0n : own.pending,
  });
  clearWallet(state, own);
  state.set("key", [lower(oldOwner)], keyEntry(id, role.former, now));
  state.set("key", [lower(newOwner)], keyEntry(id, role.owner, now));
}

export function retired(state: State, { id }: Named<"Retired">, now: bigint): void {
  const own = dated(state, known(state, id));
  const hadGuardian = field(own.extension, 0n, FIRST_SEEN_AT) !== 0n;
  const owner = addressIn(own.record);
  const ended = record.withStatus(record.withOwner(own.record, 0n), record.status.retired);
  state.set("identity", [id], {
    ...own,
    record: record.withArbitration(ended, false),
    extension: withField(own.extension, 0n, FIRST_SEEN_AT, 0n),
    // With a guardian, it is the change that waited which has come true.
    pending: hadGuardian ? 0n : own.pending,
    wallet: 0n,
    approval: 0n,
  });
  clearWallet(state, own);
  state.set("key", [owner], keyEntry(id, role.former, now));
}

export function guardianSet(state: State, event: Named<"GuardianSet">, now: bigint, clock: Clock): void {
  const { id, newGuardian } = event;
  const own = known(state, id);
  const guardian = addressWord(newGuardian);
  // The owner's wish that has waited is fulfilled. A guardian that becomes the owner was no wish that waits any more.
  const { kind, candidate } = changeIn(own.pending);
  const isFulfilled = kind === "guardian" && candidate === guardian && isOpen(own, now, clock);
  change(state, id, {
    extension: withField(own.extension, 0n, FIRST_SEEN_AT, guardian),
    pending: isFulfilled ? 0n : own.pending,
  });
}

export function changeProposed(state: State, event: Named<"ChangeProposed">): void {
  const { id, kind, candidate, readyAt } = event;
  change(state, id, { pending: pendingChange(kind, addressWord(candidate), BigInt(readyAt)) });
}

export function changeCancelled(state: State, { id }: Named<"ChangeCancelled">): void {
  change(state, id, { pending: 0n });
}

/** The wallet that is answered from now on. Zero, or the owner, is what is answered where none is set. */
export function walletSet(state: State, id: number, value: Hex, now: bigint): void {
  const own = known(state, id);
  const wallet = value === "0x" ? 0n : BigInt(value);
  const isNone = wallet === 0n || wallet === field(own.record, 0n, 160n);
  if (isNone && own.wallet === 0n) return;
  clearWallet(state, own);
  change(state, id, { wallet: isNone ? 0n : wallet });
  if (!isNone) state.set("key", [addressIn(wallet)], keyEntry(id, role.wallet, now));
}

function clearWallet(state: State, { wallet }: IdentityWords): void {
  if (wallet !== 0n) state.set("key", [addressIn(wallet)], undefined);
}

/** The identity with the date of its registration, which until its key first changes is that of its key. */
function dated(state: State, own: IdentityWords): IdentityWords {
  if (record.keyEpochOf(own.record) !== 0n) return own;
  const since = sinceOf(state.get("key", addressIn(own.record)) ?? 0n);
  return { ...own, extension: withField(own.extension, FIRST_SEEN_AT, 40n, since) };
}

/** Whether the change that waits can still be completed. */
function isOpen({ pending }: IdentityWords, now: bigint, { recoveryDelay }: Clock): boolean {
  return now <= changeIn(pending).readyAt + BigInt(recoveryDelay);
}
