// The spellings of `data:` that files on chain are seen in.
import { expect } from "chai";
import fc from "fast-check";
import { readData } from "./readData.ts";

const MOST = 1_000;

describe("readData", () => {
  const text = '{"name":"a b # ü 100% ??>>"}';
  const base64 = Buffer.from(text).toString("base64");

  it("should read base64 in both alphabets, with and without its padding", () => {
    const padded = Buffer.from('{"a":"üüü"}').toString("base64");
    expect(padded).to.match(/[^=]=$/);
    for (const [uri, expected] of [
      [`data:application/json;base64,${base64}`, text],
      [`data:application/json;base64,${Buffer.from(text).toString("base64url")}`, text],
      [`data:;base64,${padded}`, '{"a":"üüü"}'],
      [`data:;base64,${padded.replace("=", "")}`, '{"a":"üüü"}'],
      // With more of it than it needs.
      [`data:;base64,${padded}=`, '{"a":"üüü"}'],
      [`data:;base64,${encodeURIComponent(base64)}`, text],
      [`data:;base64,${base64.slice(0, 9)}\r\n ${base64.slice(9)}\n`, text],
    ] as const) {
      expect(readData(uri, MOST), uri).to.equal(expected);
    }
    expect([base64, Buffer.from(text).toString("base64url")].join()).to.match(/[+/].*[-_]/);
  });

  it("should read parameters wherever they stand", () => {
    for (const head of [
      "data:application/json;base64",
      "DATA:Application/JSON;BASE64",
      "data:application/json;charset=utf-8;base64",
      "data:application/json;base64;charset=utf-8",
      "data:application/json; base64 ",
      "data:;base64",
    ]) {
      expect(readData(`${head},${base64}`, MOST), head).to.equal(text);
    }
    for (const head of [
      "data:application/json;charset=utf-8",
      "data:application/json;utf8",
      "data:",
      "data:text/base64",
    ]) {
      expect(readData(`${head},${encodeURIComponent(text)}`, MOST), head).to.equal(text);
    }
  });

  it("should read what was not escaped, or in part", () => {
    expect(readData(`data:application/json,${text}`, MOST)).to.equal(text);
    expect(readData(`data:application/json;utf8,${text}`, MOST)).to.equal(text);
    expect(readData('data:,{%22a%22:"100% %2 %zz %"}', MOST)).to.equal('{"a":"100% %2 %zz %"}');
    expect(readData("data:,a,b?c=d&e#f+g%2Bh", MOST)).to.equal("a,b?c=d&e#f+g+h");
    expect(readData('data:,{"a":"%C3%BC%F0%9F%90%A6"}', MOST)).to.equal('{"a":"ü🐦"}');
  });

  it("should read plain JSON that says it is base64, which no base64 can be", () => {
    for (const content of [text, ` \n${text}`, encodeURIComponent(text)]) {
      expect(readData(`data:application/json;base64,${content}`, MOST).trim()).to.equal(text);
    }
  });

  it("should refuse by name what is broken", () => {
    for (const [uri, reason] of [
      ["data:application/json", "it has no content"],
      ["data:;base64,%%%", "its encoding is broken"],
      ["data:;base64,€", "its encoding is broken"],
      ["data:;base64,abcde", "its encoding is broken"],
      ["data:;base64,a=bc", "its encoding is broken"],
      [`data:;base64,${base64}#fragment`, "its encoding is broken"],
      // Not UTF-8.
      ["data:,%E4", "its encoding is broken"],
      ["data:;base64,5A", "its encoding is broken"],
      ["data:application/json;enc=gzip;base64,H4sIAAAAAAAAA6uuBQBDv6ajAgAAAA==", "its encoding is broken"],
    ] as const) {
      expect(() => readData(uri, MOST), uri).to.throw(reason);
    }
  });

  it("should refuse what is too long, by the bytes of the content", () => {
    const long = "longer than 10 bytes";
    for (const spell of [
      (content: string) => `data:,${content}`,
      (content: string) => `data:;base64,${Buffer.from(content).toString("base64")}`,
      (content: string) => `data:,${[...Buffer.from(content)].map((byte) => `%${byte.toString(16)}`).join("")}`,
    ]) {
      expect(readData(spell("x".repeat(10)), 10)).to.equal("x".repeat(10));
      expect(() => readData(spell("x".repeat(11)), 10)).to.throw(long);
      expect(readData(spell("ü".repeat(5)), 10)).to.equal("ü".repeat(5));
      expect(() => readData(spell("ü".repeat(6)), 10)).to.throw(long);
    }
    expect(() => readData(`data:${"x".repeat(300)},`, 10)).to.throw(long);
  });

  it("should read whatever text was spelt in any way, and end in a text or a name for every URI", () => {
    const texts = fc.string({ unit: "grapheme" });
    fc.assert(
      fc.property(texts, (content) => {
        const bytes = Buffer.from(content);
        expect(readData(`data:,${encodeURIComponent(content)}`, MOST)).to.equal(content);
        if (/^\s*\{/.test(content)) return;
        expect(readData(`data:;base64,${bytes.toString("base64")}`, MOST)).to.equal(content);
        expect(readData(`data:;base64,${bytes.toString("base64url")}`, MOST)).to.equal(content);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.boolean(), (content, isBase64) => {
        try {
          expect(readData(`data:${isBase64 ? ";base64," : ""}${content}`, MOST)).to.be.a("string");
        } catch (error) {
          expect((error as Error).name).to.equal("RegistrationFileUnavailableError");
        }
      }),
    );
  });
});
