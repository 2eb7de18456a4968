import { watchEvents } from "../actions/events/watchEvents.ts";
import type { AnyClient } from "../types/client.ts";
import type { EventSource } from "../types/eventSource.ts";
import type { AddressParameters } from "../types/parameters.ts";

/** How the node is asked. */
export type RpcEventSourceParameters = AddressParameters & {
  /** Milliseconds between two looks; the client's where left out. */
  pollingInterval?: number | undefined;
  /** How many blocks to ask the node for at once; 10,000 where left out. Fewer where it refuses. */
  chunkSize?: number | undefined;
};

/**
 * Follows the registries' events over RPC: `watchEvents`, behind the port that whoever transmits takes.
 *
 * @param client - Client.
 * @param parameters - {@link RpcEventSourceParameters}
 * @returns The source of events.
 *
 * @example
 * const source = rpcEventSource(client);
 * for await (const event of source.events({ id: 7, signal })) {
 *   console.log(event.removed ? "taken back:" : "", event.eventName);
 * }
 */
export function rpcEventSource(client: AnyClient, parameters: RpcEventSourceParameters = {}): EventSource {
  return { events: (wanted) => watchEvents(client, { ...wanted, ...parameters }) };
}
