// Text of strangers (on chain, in files, from nodes) in a terminal.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { refused, tenure } from "../../test/utils/tenure.ts";
import { toJson } from "./output.ts";
import { drawable, table } from "./table.ts";
import { clip, plain } from "./text.ts";
import { outputWidth } from "./width.ts";

/** What steers a terminal, reverses text, or is not to be seen. */
const steering = [
  ...[
    0x00, 0x07, 0x08, 0x0a, 0x1b, 0x7f, 0x80, 0x9b, 0x9f, 0xad, 0x61c, 0x180e, 0x200b, 0x200e, 0x200f, 0x2028, 0x2029,
  ],
  ...[0x202a, 0x202e, 0x2060, 0x2066, 0x2069, 0xfeff, 0xfff9, 0xfffa, 0xfffb, 0xe0000, 0xe0001, 0xe0041, 0xe007f],
].map((code) => String.fromCodePoint(code));

describe("text of strangers", () => {
  describe("plain", () => {
    for (const mark of steering) {
      it(`should take out U+${mark.codePointAt(0)?.toString(16)}`, () => {
        expect(plain(`a${mark}b`)).to.equal("ab");
      });
    }
    it("should leave what people write", () => {
      for (const text of ["ipfs://bafy?a=1&b", "Ünïcödé", "e\u0301", "漢字", "नमस्ते", "שָׁלוֹם", "ที่", "😀", "↯ — …"]) {
        expect(plain(text)).to.equal(text);
      }
    });
    it("should leave four marks on a letter and no more", () => {
      expect(plain(`a${"\u0301".repeat(3_000)}b\u0301`)).to.equal(`a${"\u0301".repeat(4)}b\u0301`);
    });
  });

  describe("clip", () => {
    it("should leave so many characters with their marks, and never half of one", () => {
      expect(clip("abc", 3)).to.equal("abc");
      expect(clip("abcd", 3)).to.equal("abc…");
      expect(clip("😀😀😀", 3)).to.equal("😀😀😀");
      expect(clip("😀😀😀😀", 3)).to.equal("😀😀😀…");
      expect(clip("e\u0301e\u0301e\u0301", 2)).to.equal("e\u0301e\u0301…");
    });
  });

  describe("a table", () => {
    for (const [name, unit] of Object.entries({ wide: "漢", emoji: "😀", piled: "\u0301", latin: "x" })) {
      it(`should be drawn from its beginning alone, whatever is in it: ${name}`, () => {
        const columns = [{ title: "UTC" }, { title: "event" }, { title: "", isFlexible: true }];
        const cell = `a${unit.repeat(24_000)}`;
        // Drawing takes long where it is given much: it gets a line of characters, each with four marks at most.
        expect([...drawable(cell)].length).to.be.at.most(5 * outputWidth() + 1);
        const text = table(columns, [["2026", "Warned", cell]]);
        expect(text.length).to.be.below(600);
        expect(text).to.match(/2026 +Warned +a/);
      });
    }
  });

  describe("toJson", () => {
    it("should escape what steers, and lose nothing", () => {
      const value = { text: steering.join("x"), list: ["漢", "😀"] };
      for (const indent of [undefined, 2]) {
        const json = toJson(value, indent);
        expect(JSON.parse(json)).to.deep.equal(value);
        expect(json.replace(/\n/g, "")).to.not.match(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u{e0000}-\u{e007f}]/u);
        expect(json).to.include("漢").and.include("😀");
      }
      expect(toJson("\u009b\u202e\u{e0041}")).to.equal('"\\u009b\\u202e\\udb40\\udc41"');
    });
  });

  describe("an error", () => {
    const words = "\u001b]0;pwned\u0007\u001b[2Jfine\u202e\u009b31m";
    let server: Server;
    let TENURE_RPC: string;
    before(async () => {
      // A node that answers everything with an error in its own words.
      server = createServer((_, response) => {
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify({ jsonrpc: "2.0", id: 1, error: { code: -32_000, message: words } }));
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      TENURE_RPC = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    });
    after(() => new Promise((resolve) => server.close(resolve)));

    const unsafe = /[\p{Cc}\p{Cf}]/u;
    it("should say a node's words without what steers", async () => {
      const message = await refused(1, ["show", "1"], { TENURE_RPC });
      expect(message).to.include("fine").and.not.match(unsafe);
    });
    it("should say them escaped in JSON", async () => {
      const { stderr } = await tenure(["show", "1", "--json"], { TENURE_RPC });
      expect(stderr.trimEnd()).to.not.match(unsafe);
      expect(JSON.parse(stderr).error.message).to.include("fine\u202e\u009b31m");
    });
    it("should say the whole error without them, given TENURE_DEBUG", async () => {
      const { stderr } = await tenure(["show", "1"], { TENURE_RPC, TENURE_DEBUG: "1" });
      expect(stderr).to.match(/\n +at /);
      expect(stderr.replace(/\n/g, "")).to.not.match(unsafe);
    });
    it("should say the name of a file without them", async () => {
      const message = await refused(2, ["submit", `/nowhere/${words}`], { TENURE_RPC });
      expect(message).to.include("/nowhere/").and.not.match(unsafe);
    });
  });
});
