import type { TenureEvent } from "@tenure/sdk";
import { nameHash } from "../words/nameHash.ts";
import { addressIn, lower } from "../words/word.ts";
import type { CellName, IdentityWords } from "./cells.ts";

/** The cells that events touch, as far as the events themselves tell. */
export function touchedBy(events: readonly TenureEvent[]): CellName[] {
  return events.flatMap((event) => touched(event));
}

function touched(event: TenureEvent): CellName[] {
  switch (event.eventName) {
    case "Registered":
      return [
        ["identity", event.id],
        ["key", lower(event.owner)],
      ];
    case "KeyRotated":
      return [
        ["identity", event.id],
        ["key", lower(event.oldOwner)],
        ["key", lower(event.newOwner)],
      ];
    case "MetadataSet": {
      if (event.key !== "agentWallet") return [["metadata", event.id, nameHash(event.key)]];
      const wallet: CellName[] = event.value === "0x" ? [] : [["key", lower(event.value)]];
      return [["identity", event.id], ...wallet];
    }
    case "ApprovalForAll":
      return [["operator", lower(event.owner), lower(event.operator)]];
    case "NoncesInvalidated":
      return [];
    case "AgentLinked":
    case "AgentUnlinked":
      return [["link", lower(event.agentRegistry), event.agentId]];
    case "GrantRevoked":
      return [["grant", lower(event.issuer), event.handle]];
    case "EpochAdvanced":
      return [["issuer", lower(event.issuer)]];
    default:
      if (!("voucherId" in event)) return [["identity", event.id]];
      return [
        ["identity", event.voucherId],
        ["identity", event.subjectId],
        ["edge", event.voucherId, event.subjectId],
      ];
  }
}

/** Of an identity as it was before, the keys that its events may touch beside those that they name. */
export function keysOf({ record, wallet }: IdentityWords): CellName[] {
  const keys: CellName[] = [["key", addressIn(record)]];
  return wallet === 0n ? keys : [...keys, ["key", addressIn(wallet)]];
}
