import type { Server } from "node:http";

/**
 * Takes no more connections, lets requests that are under way end, and breaks off those that take longer.
 *
 * @returns Whether all ended by themselves.
 */
export async function drainServer(server: Server, limit: number): Promise<boolean> {
  let isWhole = true;
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // A connection that is kept open may come to rest at any time.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const end = setTimeout(() => {
    isWhole = false;
    server.closeAllConnections();
  }, limit);
  server.closeIdleConnections();
  await closed;
  clearInterval(idle);
  clearTimeout(end);
  return isWhole;
}
