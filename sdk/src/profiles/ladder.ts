import type { Address } from "viem";
import type { RawProfile } from "../codecs/answers.ts";
import { getLensAddress, getRegistryAddress } from "../deployments/resolve.ts";
import { attempt } from "../rpc/attempt.ts";
import { explain, explained } from "../rpc/explainReading.ts";
import { Pace } from "../rpc/pace.ts";
import { ungathered } from "../rpc/ungathered.ts";
import type { AnyClient } from "../types/client.ts";
import type { ReadParameters } from "../types/parameters.ts";
import { deploylessRung, lensRung, overrideRung } from "./lens.ts";
import type { Asked, Place, ReadVia, Rung } from "./rung.ts";
import { multicallRung, singleRung } from "./views.ts";

/** Pages that are on their way at once. */
const ABREAST = 4;

/** The best way first. */
const rungs: readonly Rung[] = [lensRung, overrideRung, deploylessRung, multicallRung, singleRung];

/** What is known of a client: the way that works for it, and how much of each its node accepts. */
type Ladder = { rung: Rung; paces: Map<Rung, Pace>; known: Place["known"] };

/** By client, and by what is read: a client may read several deployments. */
const ladders = new WeakMap<AnyClient, Map<string, Ladder>>();

/** Which of what is asked about. */
type Page = readonly number[];

/**
 * Reads profiles by the best way that works for a client, in pages as large as its node accepts. A way that fails, with
 * the smallest page, gives way to the next, also for later reads.
 */
export async function readProfiles(
  client: AnyClient,
  parameters: ReadParameters,
  asked: Asked,
  onPage: (page: { via: ReadVia; count: number }) => void = () => {},
): Promise<RawProfile[]> {
  const lens = getLensAddress(client, parameters.addresses);
  const vouchRegistry = getRegistryAddress(client, "vouchRegistry", parameters.addresses);
  const ladder = ladderOf(client, lens, vouchRegistry);
  // viem would gather calls in a Multicall3 that may not be there.
  const plain = ungathered(client);
  const place = { lens, vouchRegistry, blockNumber: parameters.blockNumber, known: ladder.known };

  const profiles: RawProfile[] = [];
  let left = [...asked.keys()];
  let { rung } = ladder;
  const failed = new Set<Rung>();
  while (left.length > 0) {
    const pace = ladder.paces.get(rung) as Pace;
    const pages = Array.from({ length: ABREAST }, () => left.splice(0, pace.size)).filter((page) => page.length > 0);
    const { read } = rung;
    const outcomes = await explain(
      client,
      Promise.all(
        pages.map((page) => {
          const members = page.map((index) => asked[index]) as unknown as Asked;
          return attempt(plain, page.length, (patient) => read(patient, place, members));
        }),
      ),
    );
    let end: object | undefined;
    for (const [index, outcome] of outcomes.entries()) {
      const page = pages[index] as Page;
      const found = "answer" in outcome ? outcome.answer : undefined;
      if (found !== undefined) {
        for (const [position, profile] of found.entries()) profiles[page[position] as number] = profile;
        pace.accept(page.length);
        onPage({ via: rung.via, count: page.length });
      } else {
        left = [...page, ...left];
        // Without an error there is no such way here.
        if (!("error" in outcome && pace.refuse(page.length))) end = outcome;
      }
    }
    if (end === undefined) continue;
    ladder.paces.set(rung, new Pace(rung.most));
    failed.add(rung);
    const next = rungs.find((other) => !failed.has(other));
    if (next === undefined) throw await explained(client, "error" in end ? end.error : undefined);
    rung = next;
  }
  // What is missing in the past says nothing about now.
  if (parameters.blockNumber === undefined && asked.length > 0) ladder.rung = rung;
  return profiles;
}

function ladderOf(client: AnyClient, lens: Address | undefined, vouchRegistry: Address): Ladder {
  const known = ladders.get(client) ?? new Map<string, Ladder>();
  ladders.set(client, known);
  const key = `${lens}:${vouchRegistry}`;
  const ladder = known.get(key) ?? {
    rung: lensRung,
    paces: new Map(rungs.map((rung) => [rung, new Pace(rung.most)])),
    known: {},
  };
  known.set(key, ladder);
  return ladder;
}
