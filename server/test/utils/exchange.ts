import { connect } from "node:net";

/** Bytes to a socket, and all that comes back until the other side closes. */
export async function exchange(port: number, ...parts: (string | Uint8Array)[]): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  const chunks: Buffer[] = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  socket.on("error", () => {});
  for (const part of parts) socket.write(part);
  await new Promise((resolve) => socket.once("close", resolve));
  return Buffer.concat(chunks).toString("utf8");
}
