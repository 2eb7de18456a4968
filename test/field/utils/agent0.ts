import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { SDK, type SDKConfig } from "agent0-sdk";
import { testKeys } from "../../../sdk/test/utils/localChain.ts";
import type { Node } from "./node.ts";

/** The SDK as its guide says for a registry of one's own: with the addresses as `registryOverrides`. */
export function sdkOn(node: Node, chainId: number, account?: number, more: Partial<SDKConfig> = {}): SDK {
  return new SDK({
    chainId,
    rpcUrl: node.url,
    registryOverrides: { [chainId]: { IDENTITY: node.tenure } },
    // Its own subgraphs are on the internet. Nobody listens at this port.
    subgraphOverrides: { [chainId]: "http://127.0.0.1:9" },
    ...(account === undefined ? {} : { privateKey: testKeys[account] }),
    ...more,
  });
}

/** A registration file on a web server. */
export async function publish(file: object): Promise<{ url: string; close: () => void }> {
  const server = createServer((_, response) => {
    response.setHeader("content-type", "application/json");
    response.setHeader("connection", "close");
    response.end(JSON.stringify(file));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/agent.json`, close: () => server.close() };
}

/** What a call's error says; empty if it did not fail. */
export const complaint = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "",
    (error: Error) => error.message,
  );
