import { measureGas } from "./gas/operations.ts";
import { markdown, missedGoals, writeReport } from "./gas/report.ts";

const rows = await measureGas();
console.log(markdown(rows));
await writeReport(rows, new URL("./", import.meta.url));

const missed = missedGoals(rows);
for (const { operation, gas, floor = 0, goal = 0 } of missed) {
  console.error(`${operation}: ${gas} gas, but at most ${Math.floor(floor * goal)} were the goal`);
}
process.exitCode = missed.length === 0 ? 0 : 1;
