import { setTimeout as sleep } from "node:timers/promises";
import type { HardhatPlugin } from "hardhat/types/plugins";
import type { JsonRpcResponse } from "hardhat/types/providers";

type Ask = (method: string, ...params: unknown[]) => Promise<unknown>;

const SENDING = ["eth_sendTransaction", "eth_sendRawTransaction"];
const PATIENCE = 10_000;

const resultOf = (response: JsonRpcResponse): unknown => ("result" in response ? response.result : undefined);

async function receiptOf(hash: unknown, ask: Ask): Promise<{ status: string }> {
  const deadline = Date.now() + PATIENCE;
  while (Date.now() < deadline) {
    const receipt = await ask("eth_getTransactionReceipt", hash);
    if (receipt) return receipt as { status: string };
    await sleep(5);
  }
  throw new Error(`anvil has not mined ${hash} in ${PATIENCE} ms`);
}

/** What a transaction reverted with. */
async function revertOf(hash: unknown, ask: Ask): Promise<string> {
  const { returnValue } = (await ask("debug_traceTransaction", hash, {})) as { returnValue: string };
  return `0x${returnValue.replace(/^0x/, "")}`;
}

/**
 * The tests are written for a node that mines a transaction before it answers, and answers with an error where it
 * reverts, as Hardhat's does. anvil answers with the hash and mines a little later.
 */
export const promptNode: HardhatPlugin = {
  id: "prompt-node",
  hookHandlers: {
    network: async () => ({
      default: async () => ({
        onRequest: async (context, connection, request, next) => {
          const response = await next(context, connection, request);
          const hash = resultOf(response);
          if (connection.networkName !== "anvil" || !SENDING.includes(request.method) || !hash) return response;
          const { id, jsonrpc } = request;
          const ask: Ask = async (method, ...params) =>
            resultOf(await next(context, connection, { jsonrpc, id, method, params }));
          if ((await ask("anvil_getAutomine")) === false) return response;
          if ((await receiptOf(hash, ask)).status !== "0x0") return response;
          return { jsonrpc, id, error: { code: 3, message: "execution reverted", data: await revertOf(hash, ask) } };
        },
      }),
    }),
  },
};
