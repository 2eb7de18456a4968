import { type AnyClient, type GetHistoryParameters, getHistory } from "@tenure/sdk";
import { zeroHash } from "viem";
import { getChainId } from "viem/actions";
import type { KnownRoot } from "./verifyLog.ts";

/** Whose anchors, and from which block on. */
export type AnchorsParameters = Pick<GetHistoryParameters, "id" | "fromBlock" | "toBlock" | "addresses" | "chunkSize">;

/** Reads from the chain's events the roots that an identity put there, the oldest first: for `verifyLog`. */
export async function readAnchors(client: AnyClient, parameters: AnchorsParameters): Promise<KnownRoot[]> {
  const chainId = await getChainId(client);
  const history = await getHistory(client, parameters);
  return history.flatMap((event) =>
    event.eventName === "Pulse" && event.checkpoint !== zeroHash && event.id === parameters.id
      ? [
          {
            root: event.checkpoint,
            at: event.timestamp,
            source: `transaction ${event.transactionHash} of chain ${chainId}`,
          },
        ]
      : [],
  );
}
