import { getRegistryAddress, type Vouch, vouchRegistryAbi } from "@tenure/sdk";
import { encodeEventTopics, type Hex, type LogTopic, parseEventLogs } from "viem";
import type { ReadClient } from "./connect.ts";

/** A vouch or warning, and why, as the voucher said; undefined where the node does not give the logs, where alone that is. */
export type GroundedVouch = Vouch & { topic: Hex | undefined; evidence: string | undefined };

/** Adds why, in one request: many nodes refuse one over all blocks, and a passport does without. */
export async function withGrounds(client: ReadClient, vouches: readonly Vouch[]): Promise<GroundedVouch[]> {
  const grounds = await readGrounds(client, vouches).catch(() => []);
  return vouches.map((vouch) => {
    // What was made anew has been said anew.
    const args = grounds.findLast(
      ({ voucherId, subjectId }) => Number(voucherId) === vouch.voucherId && Number(subjectId) === vouch.subjectId,
    );
    return { ...vouch, topic: args?.topic, evidence: args?.evidence };
  });
}

async function readGrounds(client: ReadClient, vouches: readonly Vouch[]) {
  if (vouches.length === 0) return [];
  const ids = (field: "voucherId" | "subjectId") => [...new Set(vouches.map((vouch) => BigInt(vouch[field])))];
  const args = { voucherId: ids("voucherId"), subjectId: ids("subjectId") };
  const [vouched, ...pair] = encodeEventTopics({ abi: vouchRegistryAbi, eventName: "Vouched", args });
  const [warned] = encodeEventTopics({ abi: vouchRegistryAbi, eventName: "Warned" });
  const address = getRegistryAddress(client, "vouchRegistry");
  const topics = [[vouched, warned].flat(), ...pair] as LogTopic[];
  const filter = { address, topics, fromBlock: "0x0", toBlock: "latest" } as const;
  const logs = await client.request({ method: "eth_getLogs", params: [filter] }, { retryCount: 0 });
  return parseEventLogs({ abi: vouchRegistryAbi, eventName: ["Vouched", "Warned"], logs: logs as never }).map(
    ({ args: said }) => said,
  );
}
