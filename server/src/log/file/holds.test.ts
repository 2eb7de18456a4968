import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { temporaryFolders } from "../../../test/utils/folder.ts";
import { holds } from "./holds.ts";

describe("holds", () => {
  const newFolder = temporaryFolders();

  it("should find bytes wherever they stand, also where a piece of the file ends", async () => {
    const file = path.join(newFolder(), "file");
    const wanted = Buffer.from("needle");
    for (const place of [0, (1 << 20) - 6, (1 << 20) - 3, 1 << 20, 3_000_000 - 6]) {
      const bytes = Buffer.alloc(3_000_000, "need");
      bytes.set(wanted, place);
      writeFileSync(file, bytes);
      expect(await holds(file, wanted)).to.equal(true);
      expect(await holds(file, wanted, place + 5)).to.equal(false);
      expect(await holds(file, wanted, place + 6)).to.equal(true);
    }
    expect(await holds(file, wanted, 0)).to.equal(false);
  });
});
