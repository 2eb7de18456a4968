import { expect } from "chai";
import fc from "fast-check";
import { contentDigest, isContentDigest, isSameDigest } from "./contentDigest.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
// RFC 9530, appendices B.1 and D, and the content of RFC 9421, section B.2.
const hello = bytes('{"hello": "world"}');
const sha256 = "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:";
const sha512 = "sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:";

describe("a digest of content", () => {
  it("should be that of the standard's examples", async () => {
    expect(await contentDigest(hello)).to.equal(sha256);
    for (const field of [sha256, sha512, `${sha256}, ${sha512}`, `md5=:aGk=:, ${sha256}`, `${sha512};x`]) {
      expect(await isContentDigest(field, hello), field).to.equal(true);
    }
  });

  it("should have to be right in each algorithm that counts, and in one at least", async () => {
    const wrong = sha256.replace("X48", "X49");
    for (const field of [
      wrong,
      `${wrong}, ${sha512}`,
      `${sha512}, sha-256=1`,
      "md5=:aGk=:",
      "",
      "sha-256",
      "(",
      sha256.slice(1),
    ]) {
      expect(await isContentDigest(field, hello), field).to.equal(false);
    }
    expect(await isContentDigest(sha256, bytes('{"hello": "World"}'))).to.equal(false);
    expect(await isContentDigest(await contentDigest(bytes("")), bytes(""))).to.equal(true);
  });

  it("should answer, whatever the field is", async () => {
    const fields = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string().map((text) => `sha-256=${text}`),
    );
    await fc.assert(
      fc.asyncProperty(fields, async (field) => {
        expect(await isContentDigest(field, hello)).to.equal(false);
      }),
    );
  });

  it("should be held against what somebody else found, in each algorithm that counts, and in one at least", () => {
    expect(isSameDigest(sha256, sha256)).to.equal(true);
    expect(isSameDigest(`${sha256}, ${sha512}`, `${sha512}, ${sha256}`)).to.equal(true);
    expect(isSameDigest(`md5=:aGk=:, ${sha256}`, `${sha256}, ${sha512}`)).to.equal(true);
    const wrong = sha256.replace("X48", "X49");
    for (const [field, found] of [
      [sha256, wrong],
      [sha256, sha512],
      [`${sha256}, ${sha512}`, sha256],
      [`${wrong}, ${sha512}`, `${sha256}, ${sha512}`],
      ["md5=:aGk=:", "md5=:aGk=:"],
      ["sha-256=1", "sha-256=1"],
      ["sha-256=::", sha256],
      ["", ""],
      ["(", sha256],
      [sha256, "("],
    ] as const) {
      expect(isSameDigest(field, found), `${field} and ${found}`).to.equal(false);
    }
  });
});
