// logWriter.ts FOLDER IN_FLIGHT [COUNT]: writes decisions to the log in a folder, and prints the id of each that was acknowledged, or why one was not.
import { writeSync } from "node:fs";
import { openFileStore } from "../../src/log/file/fileStore.ts";
import { openDecisionLog } from "../../src/log/openDecisionLog.ts";
import { decision, question } from "./decisions.ts";

const [folder = "", inFlight = "1", count = "Infinity"] = process.argv.slice(2);
const log = openDecisionLog(await openFileStore({ folder, segmentHeight: 5 }));
let left = Number(count);

async function write() {
  while (left-- > 0) {
    const made = decision();
    try {
      await log.append(question(), made);
      writeSync(1, `told ${made.id}\n`);
    } catch (error) {
      writeSync(1, `failed ${(error as Error).message}\n`);
    }
  }
}

await Promise.all(Array.from({ length: Number(inFlight) }, write));
await log.close();
