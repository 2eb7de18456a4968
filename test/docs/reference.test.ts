import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { makeReference } from "../../scripts/reference/make.ts";

const root = path.join(import.meta.dirname, "../..");
const reference = path.join(root, "docs/reference");

describe("docs/reference", () => {
  let folder: string;
  let files: string[];
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "tenure-"));
    await makeReference(folder);
    files = (await readdir(folder)).sort();
  });
  after(() => rm(folder, { recursive: true }));

  it("should be what `npm run docs` makes of the sources, and nothing else", async () => {
    expect((await readdir(reference)).sort()).to.deep.equal(files);
    for (const file of files) {
      const [made, there] = await Promise.all(
        [folder, reference].map((place) => readFile(path.join(place, file), "utf8")),
      );
      expect(made === there, `${file}; run npm run docs`).to.equal(true);
    }
  });

  it("should say nothing of the machine that made it", async () => {
    for (const file of files) {
      const text = await readFile(path.join(folder, file), "utf8");
      expect(text, file).to.not.include(root).and.not.include(tmpdir());
      expect(text, file).to.not.match(/file:\/\/|\/home\/|git@|Defined in/);
    }
  });
});
