import { type Address, type Hex, numberToHex } from "viem";
import { eventSelectors } from "../codecs/event.ts";
import { getDelegationAddress, getLinksAddress, getRegistryAddress } from "../deployments/resolve.ts";
import type { AnyClient } from "../types/client.ts";
import type { AddressParameters } from "../types/parameters.ts";

/** What to ask a node for. */
export type LogFilter = { address: Address[]; topics: (Hex | Hex[] | null)[] };

/** The filters that find every event of one identity, or of all. */
export function filtersOf(
  client: AnyClient,
  { addresses, id }: AddressParameters & { id?: number | undefined },
): LogFilter[] {
  const identityRegistry = getRegistryAddress(client, "identityRegistry", addresses);
  const vouchRegistry = getRegistryAddress(client, "vouchRegistry", addresses);
  const selectors = eventSelectors();
  const { voucher, subject, token } = selectors;
  const agentLinks = getLinksAddress(client, addresses);
  const all = [identityRegistry, vouchRegistry, ...(agentLinks === undefined ? [] : [agentLinks])];
  if (id === undefined) {
    // Grants are those of accounts, not of identities.
    const delegations = getDelegationAddress(client, addresses);
    if (delegations !== undefined) all.push(delegations);
    return [{ address: all, topics: [[...selectors.id, ...voucher, ...token, ...selectors.other]] }];
  }
  const topic = numberToHex(id, { size: 32 });
  return [
    { address: all, topics: [[...selectors.id, ...voucher], topic] },
    { address: [vouchRegistry], topics: [subject, null, topic] },
    { address: [identityRegistry], topics: [token, null, null, topic] },
  ];
}

/** Filters that find the same in smaller answers; undefined where there is nothing left to split. */
export function split(filters: readonly LogFilter[]): readonly LogFilter[] | undefined {
  const [filter, ...others] = filters;
  if (filter === undefined || others.length > 0) return filters.length > 1 ? filters : undefined;
  const { address, topics } = filter;
  const place = topics.findIndex((wanted) => Array.isArray(wanted) && wanted.length > 1);
  if (place >= 0) {
    return halves(topics[place] as Hex[]).map((half) => ({
      address,
      topics: topics.map((wanted, at) => (at === place ? half : wanted)),
    }));
  }
  return address.length > 1 ? halves(address).map((half) => ({ address: half, topics })) : undefined;
}

function halves<item>(items: readonly item[]): item[][] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
}

type Match = (log: { address: string; topics: readonly string[] }) => boolean;

const known = new WeakMap<LogFilter, Match>();

/** Whether a log is what a filter asks for: a node may answer with more. */
export function matches(filter: LogFilter, log: Parameters<Match>[0]): boolean {
  let match = known.get(filter);
  if (match === undefined) {
    match = matchOf(filter);
    known.set(filter, match);
  }
  return match(log);
}

function matchOf({ address, topics }: LogFilter): Match {
  const addresses = new Set(address.map(lower));
  const wanted = topics.map((topic) => topic && new Set([topic].flat().map(lower)));
  return (log) =>
    addresses.has(lower(log.address)) &&
    wanted.every((any, place) => any === null || any.has(lower(log.topics[place] ?? "")));
}

function lower(text: string): string {
  return text.toLowerCase();
}
