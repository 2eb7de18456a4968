import { appendFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { decision, question } from "../../test/utils/decisions.ts";
import { temporaryFolders } from "../../test/utils/folder.ts";
import { decodeLine } from "./decodeLine.ts";
import { openFileLog } from "./openFileLog.ts";
import { verifyLog } from "./verifyLog.ts";

describe("openFileLog", () => {
  const newFolder = temporaryFolders();

  it("should say in the log, and to whoever opens it, what was cut away", async () => {
    const folder = newFolder();
    const first = await openFileLog({ folder });
    expect(first.cut).to.equal(undefined);
    await first.log.append(question(), decision());
    await first.log.close();
    appendFileSync(path.join(folder, "0000000000.jsonl"), '{"v":1,"n":1,');
    const { log, cut } = await openFileLog({ folder });
    expect(cut?.bytes).to.equal(13);
    for await (const raw of log.reader.lines(1)) {
      expect(decodeLine(raw)).to.deep.include({ n: 1, kind: "cut", bytes: 13, hash: cut?.hash });
    }
    expect(await verifyLog(log.reader)).to.deep.include({ size: 2, findings: [] });
    await log.close();
  });
});
