import {
  commitmentsRingSlot,
  edgeSlot,
  getParameters,
  identityExtensionSlot,
  identityRecordSlot,
  keyEntrySlot,
  oppositionRingSlot,
  scanEvents,
  supportRingSlot,
  type TenureEvent,
} from "@tenure/sdk";
import { expect } from "chai";
import { type Hex, hexToBigInt } from "viem";
import { getStorageAt } from "viem/actions";
import { openStory, type ScenarioName } from "../../../test/utils/story.ts";
import { cellName, cellText } from "../store/cellText.ts";
import { Draft } from "../store/draft.ts";
import { entrySlot, registrySlots } from "../verify/slots.ts";
import { addressIn } from "../words/word.ts";
import { applyEvents } from "./applyEvents.ts";
import type { CellName, IdentityWords } from "./cells.ts";
import { keysOf, touchedBy } from "./touchedBy.ts";

const programs: [ScenarioName, number][] = [
  ["production", 1],
  ["short", 2],
  ["short", 3],
  ["lowCap", 4],
  ["highestCap", 5],
  ["guardians", 6],
  ["guardians", 7],
  ["quarrels", 8],
  ["quarrels", 9],
  ["lastPeriods", 10],
  ["wornKey", 11],
];

describe("applyEvents", () => {
  for (const [scenario, seed] of programs) {
    it(`should make of events the words that the registries stored: ${scenario}, seed ${seed}`, async () => {
      const { client, addresses, act } = await openStory(scenario, seed);
      await act(150);
      const events: TenureEvent[] = [];
      for await (const range of scanEvents(client, { fromBlock: 0n, addresses })) events.push(...range.events);
      const names = touchedBy(events);
      const draft = new Draft(new Map(), names);
      const clock = await getParameters(client, { addresses });
      applyEvents(draft, events, clock);

      const { identityRegistry, vouchRegistry } = addresses;
      const stored = async (address: Hex, slot: Hex) =>
        hexToBigInt((await getStorageAt(client, { address, slot })) ?? "0x0");
      let words = 0;
      const compare = async (what: string, word: bigint | undefined, address: Hex, slot: Hex) => {
        words += 1;
        expect(`${what} ${(word ?? 0n).toString(16)}`).to.equal(
          `${what} ${(await stored(address, slot)).toString(16)}`,
        );
      };
      const texts = new Set(names.map(([kind, ...key]) => cellText(kind, key as never)));
      for (const text of texts) {
        const name: CellName = cellName(text);
        const [kind, ...key] = name;
        const value = draft.get(kind, ...(key as never));
        if (kind === "identity") {
          const own = value as IdentityWords;
          const id = key[0] as number;
          await compare(`${text} record`, own.record, identityRegistry, identityRecordSlot(id));
          await compare(`${text} extension`, own.extension, identityRegistry, identityExtensionSlot(id));
          await compare(`${text} pending`, own.pending, identityRegistry, entrySlot(BigInt(id), registrySlots.pending));
          await compare(`${text} wallet`, own.wallet, identityRegistry, entrySlot(BigInt(id), registrySlots.wallets));
          await compare(
            `${text} approval`,
            own.approval,
            identityRegistry,
            entrySlot(BigInt(id), registrySlots.approvals),
          );
          await compare(`${text} support`, own.support, vouchRegistry, supportRingSlot(id));
          await compare(`${text} opposition`, own.opposition, vouchRegistry, oppositionRingSlot(id));
          await compare(`${text} commitments`, own.commitments, vouchRegistry, commitmentsRingSlot(id));
          expect(keysOf(own)[0]?.[1]).to.equal(addressIn(own.record));
        }
        if (kind === "key") await compare(text, value as bigint, identityRegistry, keyEntrySlot(key[0] as Hex));
        if (kind === "edge") {
          const [voucherId, subjectId] = key as [number, number];
          await compare(text, (value as { word: bigint }).word, vouchRegistry, edgeSlot({ voucherId, subjectId }));
        }
      }
      expect(words).to.be.greaterThan(50);
    });
  }
});
