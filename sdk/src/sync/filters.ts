import { type Address, type Hex, numberToHex } from "viem";
import { eventSelectors } from "../codecs/event.ts";
import { getLinksAddress, getRegistryAddress } from "../deployments/resolve.ts";
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
    return [{ address: all, topics: [[...selectors.id, ...voucher, ...token, ...selectors.other]] }];
  }
  const topic = numberToHex(id, { size: 32 });
  return [
    { address: all, topics: [[...selectors.id, ...voucher], topic] },
    { address: [vouchRegistry], topics: [subject, null, topic] },
    { address: [identityRegistry], topics: [token, null, null, topic] },
  ];
}

/** Whether a log is what a filter asks for: a node may answer with more. */
export function matches({ address, topics }: LogFilter, log: { address: string; topics: readonly string[] }): boolean {
  if (!address.some((wanted) => isSame(wanted, log.address))) return false;
  return topics.every((wanted, place) => {
    const topic = log.topics[place];
    if (wanted === null) return true;
    return topic !== undefined && [wanted].flat().some((one) => isSame(one, topic));
  });
}

function isSame(one: string, other: string): boolean {
  return one === other || one.toLowerCase() === other.toLowerCase();
}
