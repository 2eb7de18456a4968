import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { ended } from "../../../test/story/run.ts";
import { refused, startTenure } from "../../test/utils/tenure.ts";
import { makeProgram } from "../program.ts";
import { readJsonFile } from "./textFile.ts";

describe("files of JSON", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "tenure-"));
  });
  after(() => rmSync(folder, { recursive: true }));

  function file(content: string | Uint8Array): string {
    const name = path.join(folder, "file.json");
    writeFileSync(name, content);
    return name;
  }

  it("should be read with or without a byte order mark", () => {
    expect(readJsonFile(file('{"text":"é"}'))).to.deep.equal({ text: "é" });
    expect(readJsonFile(file('\ufeff{"text":"é"}'))).to.deep.equal({ text: "é" });
  });

  it("should be refused with a reason, whatever is in them", () => {
    const wrong: [content: string | Uint8Array, why: string][] = [
      ["", "it holds no JSON"],
      ["\0\0", "it holds no JSON"],
      ["{", "it holds no JSON"],
      [Buffer.from('\ufeff{"text":"é"}', "utf16le"), "it is not in UTF-8"],
      [Buffer.from('{"text":"é"}', "latin1"), "it is not in UTF-8"],
      [`{"text":"${"x".repeat(16 * 2 ** 20)}"}`, "it is larger than 16 MiB"],
    ];
    for (const [content, why] of wrong) {
      const name = file(content);
      expect(() => readJsonFile(name))
        .to.throw(`${name} cannot be read: ${why}.`)
        .with.property("name", "UsageError");
    }
  });

  it("should be refused where their name is none", () => {
    const names: [name: string, why: string][] = [
      ["x".repeat(5_000), "its name is too long"],
      ["a\0b", "that is no name of a file"],
    ];
    for (const [name, why] of names) {
      expect(() => readJsonFile(name, "It"))
        .to.throw(`It cannot be read: ${why}.`)
        .with.property("name", "UsageError");
    }
  });

  it("should not be read for ever", async () => {
    expect(() => readJsonFile("/dev/zero")).to.throw("/dev/zero cannot be read: it is larger than 16 MiB.");
    const child = startTenure(["submit", "-"], {});
    // It does not wait for the rest.
    child.stdin?.on("error", () => undefined);
    child.stdin?.write(" ".repeat(17 * 2 ** 20));
    const { status, stderr } = await ended(child);
    expect({ status, stderr }).to.deep.equal({
      status: 2,
      stderr: "tenure: stdin cannot be read: it is larger than 16 MiB.\n",
    });
  });

  it("should be named: an empty name is an oversight", async () => {
    const commands = [
      ["submit", ""],
      ["void", ""],
      ["deploy", "--out", " "],
      ["graph", "--anchors", "1", "--out", ""],
      ["show", "1", "--addresses", ""],
      ["keystore", "import", "name", "--from", ""],
      ["rotate", "--consent", ""],
      ...["rotate", "register", "pulse"].map((command) => [command, "--sign", ""]),
      ...["vouch", "warn", "revoke"].map((command) => [command, "2", "--sign", ""]),
    ];
    for (const command of commands) {
      const error: unknown = await makeProgram()
        .parseAsync(command, { from: "user" })
        .catch((reason: unknown) => reason);
      expect(error, command.join(" ")).to.include({
        name: "UsageError",
        status: 2,
        message: `"${command.at(-1)}" is not the name of a file.`,
      });
    }
    expect(await refused(2, ["submit", ""])).to.equal('"" is not the name of a file.');
  });
});
