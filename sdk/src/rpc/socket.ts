import type { AnyClient } from "../types/client.ts";

/** Of viem's WebSocket transport, what is used here. */
type SocketTransport = { getRpcClient?: () => Promise<{ socket: { readyState: number }; close: () => void }> };

/** `CLOSING` of the WebSocket standard; `CLOSED` is the only state beyond it. */
const CLOSING = 2;

/**
 * Lets go of a WebSocket that is closed, so that the next request opens another one.
 *
 * viem connects again by itself, but gives up when its first attempt fails: no further one is ever scheduled, and the dead
 * socket stays the client's (seen in 2.57, `utils/rpc/socket.ts`). Does nothing for other transports.
 */
export async function dropClosedSocket({ transport }: AnyClient): Promise<void> {
  const { getRpcClient } = transport as SocketTransport;
  // Where no socket is kept, this opens one, and fails as the next request would.
  const rpc = await getRpcClient?.().catch(() => undefined);
  if (rpc !== undefined && rpc.socket.readyState >= CLOSING) rpc.close();
}
