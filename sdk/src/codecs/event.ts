import { type Abi, decodeEventLog, type Hex, toEventSelector } from "viem";
import { agentLinksAbi } from "../abi/agentLinks.ts";
import { identityRegistryAbi } from "../abi/identityRegistry.ts";
import { vouchRegistryAbi } from "../abi/vouchRegistry.ts";
import type { EventContent } from "../types/event.ts";
import * as decoders from "./eventDecoders.ts";

/** The compiler holds these against each other: every event has a decoder, and none is of something else. */
type Decoders = { readonly [name in EventContent["eventName"]]: (args: never) => object };

const eventsAbi: Abi = /*#__PURE__*/ [...identityRegistryAbi, ...vouchRegistryAbi, ...agentLinksAbi].filter(
  (item) => item.type === "event" && item.name in (decoders satisfies Decoders),
);

/** Which place of the topics holds which identity; the selector is at 0. */
type Places = { id: Hex[]; voucher: Hex[]; subject: Hex[]; token: Hex[]; other: Hex[] };

/** First topics of the events that are decoded, by the place in which they name an identity. */
export function eventSelectors(): Places {
  const places: Places = { id: [], voucher: [], subject: [], token: [], other: [] };
  for (const item of eventsAbi) {
    if (item.type !== "event") continue;
    const selector = toEventSelector(item);
    const [first, second, third] = item.inputs.map(({ name }) => name);
    if (first === "agentId" || first === "id") places.id.push(selector);
    else if (first === "voucherId" && second === "subjectId") {
      places.voucher.push(selector);
      places.subject.push(selector);
    } else if (third === "tokenId") places.token.push(selector);
    else places.other.push(selector);
  }
  return places;
}

/**
 * Decodes a log of a registry into what it says.
 *
 * @param log - The log's topics and data; make sure yourself that a registry wrote it.
 * @returns The event; undefined for a log that is none, and for one that only repeats another, as `Transfer` does.
 *
 * @example
 * const event = decodeEvent(log);
 * if (event?.eventName === "Vouched") console.log(event.edge.stake);
 */
export function decodeEvent(log: { topics: readonly Hex[]; data: Hex }): EventContent | undefined {
  try {
    const topics = log.topics as [Hex, ...Hex[]];
    const { eventName, args } = decodeEventLog({ abi: eventsAbi, topics, data: log.data });
    const decode = (decoders as Record<string, ((args: never) => object) | undefined>)[eventName ?? ""];
    return decode && ({ eventName, ...decode(args as never) } as unknown as EventContent);
  } catch {
    return undefined;
  }
}
