// Run by `following.ts`: reads the events of a chain from its beginning in one way, and prints what that costs.
import { agentLinksAbi, identityRegistryAbi, shortAddresses, vouchRegistryAbi, watchEvents } from "@tenure/sdk";
import { type AbiEvent, createClient, http, numberToHex, toEventSelector } from "viem";
import { getBlockNumber, getLogs } from "viem/actions";
import { hardhat } from "viem/chains";
import type { Following } from "./following.ts";

const [url = "", way = "", count = ""] = process.argv.slice(2);

/** What the SDK leaves out, since it repeats another event. */
const ECHOES = ["BatchMetadataUpdate", "EIP712DomainChanged", "Locked", "MetadataUpdate", "Transfer", "Unlocked"];

/** Blocks that are asked for at once: an answer stays far below the 10 MB that viem accepts. */
const RANGE = 50n;

const client = createClient({ chain: hardhat, transport: http(url, { timeout: 60_000 }) });
const address = [shortAddresses.identityRegistry, shortAddresses.vouchRegistry, shortAddresses.agentLinks].filter(
  (one) => one !== undefined,
);
const events = [...identityRegistryAbi, ...vouchRegistryAbi, ...agentLinksAbi].filter(
  (item): item is Extract<typeof item, { type: "event" }> => item.type === "event" && !ECHOES.includes(item.name),
) as readonly AbiEvent[];

async function inRanges(read: (fromBlock: bigint, toBlock: bigint) => Promise<readonly unknown[]>): Promise<number> {
  const head = await getBlockNumber(client);
  let found = 0;
  for (let from = 0n; from <= head; from += RANGE) {
    found += (await read(from, from + RANGE - 1n < head ? from + RANGE - 1n : head)).length;
  }
  return found;
}

const ways: Record<string, () => Promise<number>> = {
  "eth_getLogs alone": () => {
    const topics = [events.map((item) => toEventSelector(item))];
    return inRanges((from, to) => {
      const filter = { address, topics, fromBlock: numberToHex(from), toBlock: numberToHex(to) };
      return client.request({ method: "eth_getLogs", params: [filter] });
    });
  },
  "viem's getLogs, decoded": () =>
    inRanges((fromBlock, toBlock) => getLogs(client, { address, events, fromBlock, toBlock, strict: true })),
  watchEvents: async () => {
    let found = 0;
    for await (const _ of watchEvents(client, { fromBlock: 0n, chunkSize: Number(RANGE), pollingInterval: 10 })) {
      found += 1;
      if (found === Number(count)) break;
    }
    return found;
  },
};

const before = process.cpuUsage();
const found = await ways[way]?.();
const { user, system } = process.cpuUsage(before);
if (found !== Number(count)) throw new Error(`${way}: ${found} events, and not ${count}`);
const following: Following = { way, cpu: (user + system) / found };
console.log(JSON.stringify(following));
