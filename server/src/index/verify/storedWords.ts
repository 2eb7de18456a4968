import {
  commitmentsRingSlot,
  edgeSlot,
  identityExtensionSlot,
  identityRecordSlot,
  keyEntrySlot,
  oppositionRingSlot,
  type RegistryAddresses,
  supportRingSlot,
} from "@tenure/sdk";
import type { Hex } from "viem";
import type { CellName, Cells, EdgeWord, IdentityWords, Kind } from "../apply/cells.ts";
import { cellText } from "../store/cellText.ts";
import { entrySlot, registrySlots } from "./slots.ts";

/** A word of the index, and where a registry stores it. */
export interface StoredWord {
  readonly what: string;
  readonly address: Hex;
  readonly slot: Hex;
  readonly word: bigint;
}

/** The words of a cell that registries store as words; none for the others. */
export function storedWords(
  { identityRegistry, vouchRegistry }: RegistryAddresses,
  [kind, ...key]: CellName,
  value: Cells[Kind]["value"] | undefined,
): StoredWord[] {
  const text = cellText(kind, key as never);
  if (kind === "key") {
    const word = (value as bigint | undefined) ?? 0n;
    return [{ what: text, address: identityRegistry, slot: keyEntrySlot(key[0] as Hex), word }];
  }
  if (kind === "edge") {
    const [voucherId, subjectId] = key as [number, number];
    const word = (value as EdgeWord | undefined)?.word ?? 0n;
    return [{ what: text, address: vouchRegistry, slot: edgeSlot({ voucherId, subjectId }), word }];
  }
  if (kind !== "identity") return [];
  const id = key[0] as number;
  const own = value as IdentityWords | undefined;
  const places: [keyof Omit<IdentityWords, "uri">, Hex, Hex][] = [
    ["record", identityRegistry, identityRecordSlot(id)],
    ["extension", identityRegistry, identityExtensionSlot(id)],
    ["pending", identityRegistry, entrySlot(BigInt(id), registrySlots.pending)],
    ["wallet", identityRegistry, entrySlot(BigInt(id), registrySlots.wallets)],
    ["approval", identityRegistry, entrySlot(BigInt(id), registrySlots.approvals)],
    ["support", vouchRegistry, supportRingSlot(id)],
    ["opposition", vouchRegistry, oppositionRingSlot(id)],
    ["commitments", vouchRegistry, commitmentsRingSlot(id)],
  ];
  return places.map(([part, address, slot]) => ({ what: `${text} ${part}`, address, slot, word: own?.[part] ?? 0n }));
}
