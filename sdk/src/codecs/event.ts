import { type AbiEvent, decodeEventLog, type Hex, toEventSelector } from "viem";
import { agentLinksAbi } from "../abi/agentLinks.ts";
import { delegationRegistryAbi } from "../abi/delegationRegistry.ts";
import { identityRegistryAbi } from "../abi/identityRegistry.ts";
import { vouchRegistryAbi } from "../abi/vouchRegistry.ts";
import type { EventContent } from "../types/event.ts";
import * as decoders from "./eventDecoders.ts";
import { type EventLayout, layoutOf, readEvent } from "./eventLayout.ts";

/** The compiler holds these against each other: every event has a decoder, and none is of something else. */
type Decoders = { readonly [name in EventContent["eventName"]]: (args: never) => object };

type Decode = (args: never) => object;

/** An event that is decoded, and the name that it has here. */
type Known = { item: AbiEvent; eventName: string; decode: Decode; layout: EventLayout | undefined };

let known: ReadonlyMap<string, Known> | undefined;

/** The events that are decoded, by their selectors: a hash each, so that they are made once. */
function knownEvents(): ReadonlyMap<string, Known> {
  known ??= new Map([
    ...[...identityRegistryAbi, ...vouchRegistryAbi, ...agentLinksAbi].flatMap((item) => entryOf(item)),
    ...delegationRegistryAbi.flatMap((item) => entryOf(item, grantEvents)),
  ]);
  return known;
}

/** The standard has named them so, and the registry of vouches has an event of that name. */
const grantEvents: Readonly<Record<string, string>> = { Revoked: "GrantRevoked" };

function entryOf(item: { type: string; name?: string }, names = {} as typeof grantEvents): [string, Known][] {
  if (item.type !== "event") return [];
  const event = item as AbiEvent;
  const eventName = names[event.name] ?? event.name;
  const decode = (decoders satisfies Decoders as Record<string, Decode | undefined>)[eventName];
  return decode ? [[toEventSelector(event), { item: event, eventName, decode, layout: layoutOf(event) }]] : [];
}

/** Which place of the topics holds which identity; the selector is at 0. */
type Places = { id: Hex[]; voucher: Hex[]; subject: Hex[]; token: Hex[]; other: Hex[] };

/** First topics of the events that are decoded, by the place in which they name an identity. */
export function eventSelectors(): Places {
  const places: Places = { id: [], voucher: [], subject: [], token: [], other: [] };
  for (const [key, { item }] of knownEvents()) {
    const selector = key as Hex;
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
    const event = knownEvents().get(log.topics[0] as Hex);
    if (event === undefined) return undefined;
    const { item, eventName, decode, layout } = event;
    const args = (layout && readEvent(layout, log)) ?? argsByViem(item, log);
    return { eventName, ...decode(args as never) } as unknown as EventContent;
  } catch {
    return undefined;
  }
}

/** What is not exactly as a contract writes it may still be an event: nodes write numbers in more than one way. */
function argsByViem(item: AbiEvent, { topics, data }: { topics: readonly Hex[]; data: Hex }): unknown {
  return decodeEventLog({ abi: [item], topics: topics as [Hex, ...Hex[]], data }).args;
}
