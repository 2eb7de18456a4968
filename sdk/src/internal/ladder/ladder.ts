import type { Address } from "viem";
import { getLensAddress, getRegistryAddress } from "../../deployments/resolve.ts";
import type { RawProfile } from "../decode.ts";
import { explained } from "../explain.ts";
import { Pace } from "../pace.ts";
import { isRefusal, isTimeout } from "../refusal.ts";
import type { AnyClient, ReadParameters } from "../types.ts";
import { deploylessRung, lensRung, overrideRung } from "./lens.ts";
import type { Asked, Place, ReadVia, Rung } from "./rung.ts";
import { multicallRung, singleRung } from "./views.ts";

/** Pages that are on their way at once. */
const ABREAST = 4;

/** A page of so few that a node does not answer in time is not too large: the node does not answer. */
const FEW = 34;

/** The best way first. */
const rungs: readonly Rung[] = [lensRung, overrideRung, deploylessRung, multicallRung, singleRung];

/** What is known of a client: the way that works for it, and how much of each its node accepts. */
type Ladder = { rung: Rung; paces: Map<Rung, Pace>; known: Place["known"] };

/** By client, and by what is read: a client may read several deployments. */
const ladders = new WeakMap<AnyClient, Map<string, Ladder>>();

/** Which of what is asked about. */
type Page = readonly number[];

/** What came of asking for a page: no profiles where there is no such way. */
type Outcome = { page: Page; profiles?: readonly RawProfile[] | undefined; error?: unknown };

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
  const plain = { ...client, batch: undefined };
  const place = { lens, vouchRegistry, blockNumber: parameters.blockNumber, known: ladder.known };

  const profiles: RawProfile[] = [];
  let left = [...asked.keys()];
  let { rung } = ladder;
  const failed = new Set<Rung>();
  while (left.length > 0) {
    const pace = ladder.paces.get(rung) as Pace;
    const pages = Array.from({ length: ABREAST }, () => left.splice(0, pace.size)).filter((page) => page.length > 0);
    const outcomes = await Promise.all(pages.map((page) => read(plain, rung, place, asked, page)));
    let end: Outcome | undefined;
    for (const outcome of outcomes) {
      const { page, profiles: found } = outcome;
      if (found !== undefined) {
        for (const [position, profile] of found.entries()) profiles[page[position] as number] = profile;
        pace.accept(page.length);
        onPage({ via: rung.via, count: page.length });
      } else {
        left = [...page, ...left];
        if (outcome.error === undefined || !pace.refuse(page.length)) end = outcome;
      }
    }
    if (end === undefined) continue;
    ladder.paces.set(rung, new Pace(rung.most));
    failed.add(rung);
    const next = rungs.find((other) => !failed.has(other));
    if (next === undefined) throw await explained(client, end.error);
    rung = next;
  }
  // What is missing in the past says nothing about now.
  if (parameters.blockNumber === undefined && asked.length > 0) ladder.rung = rung;
  return profiles;
}

/** Refusals are in the outcome; where the node does not answer at all, that is thrown. */
async function read(client: AnyClient, rung: Rung, place: Place, asked: Asked, page: Page): Promise<Outcome> {
  const members = page.map((index) => asked[index]) as Asked;
  const isCurable = (error: unknown) => isRefusal(error) && !(page.length <= FEW && isTimeout(error));
  try {
    if (page.length > 1) {
      try {
        return { page, profiles: await rung.read(impatient(client), place, members) };
      } catch (error) {
        if (isCurable(error)) return { page, error };
      }
    }
    return { page, profiles: await rung.read(client, place, members) };
  } catch (error) {
    if (isCurable(error)) return { page, error };
    throw await explained(client, error);
  }
}

/** The client, without asking again: viem repeats even what was refused, and a smaller page tells more. */
function impatient(client: AnyClient): AnyClient {
  const request = (parameters: unknown, options?: object) =>
    client.request(parameters as never, { ...options, retryCount: 0 });
  return { ...client, request: request as AnyClient["request"] };
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
