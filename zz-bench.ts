import { openDatabase } from "./server/src/database/index.ts";
import { beginChain, readChain } from "./server/src/index/store/chainRow.ts";
import { commitRange } from "./server/src/index/store/commitRange.ts";
import { indexMigrations, sqlFacts } from "./server/src/index/index.ts";
import { shortParameters } from "@tenure/sdk";
import { startPostgres } from "./http-auth/test/utils/postgres.ts";
import { getAddress, numberToHex, pad } from "viem";
import { mkdtempSync, rmSync } from "node:fs";
const N = Number(process.argv[2] ?? 20000), E = Number(process.argv[3] ?? 2);
const T0 = shortParameters.origin + 1_000_000;
function* events() {
  let block = 1n, log = 0, id = 0;
  const at = () => { if (++log > 100) { block++; log = 1; } return { registry: getAddress("0x00000000000000000000000000000000000000aa"), blockNumber: block, blockHash: numberToHex(block, { size: 32 }), timestamp: T0 + Number(block), transactionHash: numberToHex(block * 1000n + BigInt(log), { size: 32 }), logIndex: log }; };
  const owner = (i) => numberToHex(BigInt(i) * 0x9e3779b97f4a7c15f39cc0605cedc834n & ((1n << 160n) - 1n), { size: 20 });
  for (let i = 1; i <= N; i++) { yield { eventName: "Registered", id: i, agentURI: "", owner: owner(i), ...at() }; yield { eventName: "MetadataSet", id: i, key: "agentWallet", value: owner(i), ...at() }; }
  for (let i = 1; i <= N; i++) yield { eventName: "Pulse", id: i, checkpoint: pad("0x"), ...at() };
  for (let k = 1; k <= E; k++) for (let i = 1; i <= N; i++) { const p = at(); const period = Math.floor((p.timestamp - shortParameters.origin) / shortParameters.period); const s = ((i * 7919 + k * 104729) % N) + 1; if (s === i) continue; yield { eventName: "Vouched", voucherId: i, subjectId: s, topic: pad("0x"), evidence: "", edge: { stake: 1, since: p.timestamp, endPeriod: period + 3, releasePeriod: period + 4, stance: "for", state: "live", subjectKeyEpoch: 0, voucherKeyEpoch: 0, arbiterId: undefined, nextVoucherId: undefined, nextSubjectId: undefined, isRefused: false }, ...p }; }
}
const pgs = process.argv[4] === "lite" ? { close() {} } : await startPostgres();
const folder = mkdtempSync("/tmp/zz-");
for (const settings of process.argv[4] === "pg" ? [{ url: pgs.url }] : process.argv[4] === "lite" ? [{ folder }] : [{ folder }, { url: pgs.url }]) {
  const db = await openDatabase(settings);
  await db.migrate(indexMigrations);
  const addresses = { identityRegistry: "0x00000000000000000000000000000000000000aa", vouchRegistry: "0x00000000000000000000000000000000000000bb" };
  let row = await db.transaction((t) => beginChain(t, 1, addresses, shortParameters));
  const writer = await db.acquireWriter("x");
  let batch = [], count = 0, spent = 0;
  const flush = async () => { const last = batch.at(-1); const cursor = { number: last.blockNumber, hash: last.blockHash, timestamp: last.timestamp }; const t = performance.now(); row = await writer.transaction(async (tx) => { await commitRange(tx, row, { last: cursor, recent: [cursor], events: batch, reach: last.blockNumber, seenAt: Date.now(), head: last.blockNumber }); return readChain(tx, row.chain); }); spent += performance.now() - t; count += batch.length; batch = []; };
  for (const e of events()) { if (batch.length >= 10000 && batch.at(-1).blockNumber !== e.blockNumber) await flush(); batch.push(e); }
  await flush();
  console.log(db.engine, count, "events", (count / spent * 1000).toFixed(0), "per s; rss", (process.memoryUsage().rss / 2 ** 20).toFixed(0), "MiB");
  const facts = sqlFacts(db, { chainId: 1, ...addresses });
  for (const what of ["profile", "vouchers"]) {
  const times = [];
  for (let i = 0; i < 2000; i++) { const id = 1 + Math.floor(Math.random() * N); const t = performance.now(); if (what === "profile") await facts.profile({ id }); else for await (const _ of facts.vouchers({ id })); times.push(performance.now() - t); }
  times.sort((a, b) => a - b); console.log(what, "p50", times[1000].toFixed(3), "p99", times[1980].toFixed(3), "ms"); }
  await db.close();
}
pgs.close(); rmSync(folder, { recursive: true });
