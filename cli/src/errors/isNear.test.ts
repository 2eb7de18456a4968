import { readFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "chai";

describe("isNear of the command line", () => {
  it("should be that of the SDK, which tests it", async () => {
    const [own, other] = await Promise.all(
      ["isNear.ts", "../../../sdk/src/requirements/isNear.ts"].map((file) =>
        readFile(path.join(import.meta.dirname, file), "utf8"),
      ),
    );
    expect(own).to.equal(other);
  });
});
