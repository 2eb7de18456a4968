import { getParameters, scanEvents, type TenureEvent } from "@tenure/sdk";
import { expect } from "chai";
import { hexToBigInt } from "viem";
import { getStorageAt } from "viem/actions";
import { openStory, type ScenarioName } from "../../../test/utils/story.ts";
import { cellName, cellText } from "../store/cellText.ts";
import { Draft } from "../store/draft.ts";
import { storedWords } from "../verify/storedWords.ts";
import { applyEvents } from "./applyEvents.ts";
import { touchedBy } from "./touchedBy.ts";

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

      let words = 0;
      const texts = new Set(names.map(([kind, ...key]) => cellText(kind, key as never)));
      for (const name of [...texts].map(cellName)) {
        const [kind, ...key] = name;
        const value = draft.get(kind, ...(key as never));
        for (const { what, address, slot, word } of storedWords(addresses, name, value)) {
          const stored = hexToBigInt((await getStorageAt(client, { address, slot })) ?? "0x0");
          expect(`${what} ${word.toString(16)}`).to.equal(`${what} ${stored.toString(16)}`);
          words += 1;
        }
      }
      expect(words).to.be.greaterThan(50);
    });
  }
});
