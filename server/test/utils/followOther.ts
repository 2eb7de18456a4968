// A process that follows a chain into a database: `node followOther.ts '{"settings", "url", "addresses"}'`.
import { createClient, http } from "viem";
import { hardhat } from "viem/chains";
import { openDatabase } from "../../src/database/index.ts";
import { followChain } from "../../src/index/index.ts";

const { settings, url, addresses } = JSON.parse(process.argv[2] as string);
const database = await openDatabase(settings);
const client = createClient({
  chain: hardhat,
  transport: http(url, { retryCount: 0 }),
  pollingInterval: 20,
  cacheTime: 0,
});
console.log("ready");
// Small steps, so that a process is killed between any two of them and within each.
await followChain({
  database,
  client,
  addresses,
  chunkSize: 5,
  signal: new AbortController().signal,
  onProblem: (error) => console.log(String(error).split("\n", 1)[0]),
});
