import { measureGas } from "./gas/operations.ts";
import { markdown, missedGoals, writeReport } from "./gas/report.ts";
import { leakingStores, missedByTime, writeAuth } from "./http-auth/report.ts";
import { measureAuth } from "./http-auth/run.ts";
import { BUNDLE_GOAL, measureBundles } from "./reading/bundle.ts";
import { nodes } from "./reading/nodes.ts";
import { slowReadings, writeReading } from "./reading/report.ts";
import { measureReading } from "./reading/run.ts";
import { measureDecisions } from "./server/decisions.ts";
import { measureOverHttp } from "./server/overHttp.ts";
import { missedByServer, writeServer } from "./server/report.ts";
import { measureTrust } from "./trust/measure.ts";

const folder = new URL("./", import.meta.url);

const rows = await measureGas();
console.log(markdown(rows));
await writeReport(rows, folder);

const bundles = await measureBundles();
const readings = await measureReading();
const names = nodes.map(({ node }) => node);
console.log(`\n${await writeReading(bundles, readings, names, folder)}`);

const auth = await measureAuth();
console.log(`\n${await writeAuth(auth, folder)}`);
const leaking = leakingStores(auth);

const server = { decisions: await measureDecisions(), http: await measureOverHttp() };
console.log(`\n${await writeServer(server, folder)}`);

const missedTrust = await measureTrust(folder);

const missed = missedGoals(rows);
for (const { operation, gas, ratio, goal } of missed) {
  console.error(`${operation}: ${gas} gas are ${ratio.toFixed(3)} times its floor, but ${goal} were the goal`);
}
const added = bundles.find(({ program }) => program === "and getProfile")?.added ?? Number.POSITIVE_INFINITY;
if (added > BUNDLE_GOAL) console.error(`getProfile: ${added} bytes, but at most ${BUNDLE_GOAL} were the goal`);
// The times are those of the machine: they are told, and fail nothing.
for (const sentence of slowReadings(readings)) console.error(sentence);
for (const sentence of [...missedByTime(auth), ...missedByServer(server), ...leaking, ...missedTrust])
  console.error(sentence);
const isSound = leaking.length === 0 && missedTrust.length === 0;
process.exitCode = missed.length === 0 && added <= BUNDLE_GOAL && isSound ? 0 : 1;
