import type { TenureEvent } from "@tenure/sdk";
import { status } from "../words/identityRecord.ts";
import { nameHash } from "../words/nameHash.ts";
import { lower } from "../words/word.ts";
import type { Clock, State } from "./cells.ts";
import * as identity from "./identityEvents.ts";
import { edgeChanged } from "./vouchEvents.ts";

/** The name under which the registry tells of the wallet, which nobody can set as metadata. */
const WALLET = "agentWallet";

/**
 * Applies events to what is known, so that every word becomes what the registries stored with them.
 *
 * @param state What is known; changed in place.
 * @param events Of whole blocks, in order.
 * @param clock The registries' values.
 * @throws ContradictionError where an event cannot follow on what is known.
 */
export function applyEvents(state: State, events: readonly TenureEvent[], clock: Clock): void {
  let previous: TenureEvent | undefined;
  for (const event of events) {
    apply(state, event, previous, clock);
    previous = event;
  }
}

function apply(state: State, event: TenureEvent, previous: TenureEvent | undefined, clock: Clock): void {
  const now = BigInt(event.timestamp);
  switch (event.eventName) {
    case "Registered":
      identity.registered(state, event, now);
      break;
    case "Pulse":
      identity.checkedIn(state, event, now, clock);
      break;
    case "URIUpdated":
      identity.uriUpdated(state, event);
      break;
    case "MetadataSet":
      if (event.key === WALLET) {
        if (!isEcho(event, previous)) identity.walletSet(state, event.id, event.value, now);
        break;
      }
      state.set("metadata", [event.id, nameHash(event.key)], { name: event.key, value: event.value });
      break;
    case "KeyRotated":
      identity.keyRotated(state, event, now, clock);
      break;
    case "GuardianSet":
      identity.guardianSet(state, event, now, clock);
      break;
    case "ChangeProposed":
      identity.changeProposed(state, event);
      break;
    case "ChangeCancelled":
      identity.changeCancelled(state, event);
      break;
    case "Suspended":
      identity.statusSet(state, event.id, status.suspended);
      break;
    case "Resumed":
      identity.statusSet(state, event.id, status.active);
      break;
    case "Retired":
      identity.retired(state, event, now);
      break;
    case "Approval":
      identity.approved(state, event);
      break;
    case "ApprovalForAll":
      state.set("operator", [lower(event.owner), lower(event.operator)], event.approved);
      break;
    case "OwnerProven":
      identity.ownerProven(state, event);
      break;
    case "ArbitrationSet":
      identity.arbitrationSet(state, event);
      break;
    case "NoncesInvalidated":
      // Nonces are used up without an event as well: what is known of them here would be a part.
      break;
    case "AgentLinked": {
      const { id, tokenOwner, keyEpoch, throughWallet } = event;
      const link = { id, tokenOwner: lower(tokenOwner), keyEpoch, throughWallet };
      state.set("link", [lower(event.agentRegistry), event.agentId], link);
      break;
    }
    case "AgentUnlinked":
      state.set("link", [lower(event.agentRegistry), event.agentId], undefined);
      break;
    case "GrantRevoked":
      state.set("grant", [lower(event.issuer), event.handle], true);
      break;
    case "EpochAdvanced":
      state.set("issuer", [lower(event.issuer)], event.epoch);
      break;
    default:
      edgeChanged(state, event, clock);
      break;
  }
}

/**
 * Whether what is told of the wallet is what a suspension hides and a resumption shows again: the registry says so in the very
 * next log, and nothing about the wallet itself has changed.
 */
function isEcho(event: TenureEvent & { id: number }, previous: TenureEvent | undefined): boolean {
  if (previous?.eventName !== "Suspended" && previous?.eventName !== "Resumed") return false;
  const isNext = previous.blockHash === event.blockHash && previous.logIndex + 1 === event.logIndex;
  return isNext && previous.id === event.id;
}
