import { expect } from "chai";
import { columnsOf, cut, fitted, wrap } from "./wrap.ts";

const red = (text: string) => `\u001b[31m${text}\u001b[39m`;
const stream = (columns: number | undefined) => ({ columns }) as unknown as NodeJS.WriteStream;
const words = Array.from({ length: 60 }, (_, index) => "word".slice(index % 4)).join(" ");

describe("text in lines", () => {
  describe("wrap", () => {
    it("should break between words alone, and lose nothing", () => {
      for (const width of [20, 33, 80]) {
        const lines = wrap(words, width, "  ").split("\n");
        expect(Math.max(...lines.map((line) => line.length))).to.be.at.most(width);
        expect(lines.map((line) => line.trim()).join(" ")).to.equal(words);
      }
    });
    it("should leave a hash and an escape whole", () => {
      const hash = `0x${"ab".repeat(32)}`;
      expect(wrap(`see ${hash} there`, 20)).to.equal(`see\n${hash}\nthere`);
      expect(wrap(`${red("tenure:")} one two`, 11)).to.equal(`${red("tenure:")} one\ntwo`);
    });
    it("should count the columns of what is wide, and of marks none", () => {
      expect([columnsOf("漢字"), columnsOf("🙂"), columnsOf("e\u0301"), columnsOf(red("ab"))]).to.deep.equal([
        4, 2, 1, 2,
      ]);
      expect(wrap("漢字 漢字 漢字", 9)).to.equal("漢字 漢字\n漢字");
    });
  });

  describe("cut", () => {
    it("should leave as many columns as there are, the last for what is left out", () => {
      expect([cut("abcd", 4), cut("abcde", 4), cut("漢字漢", 5), cut("漢字", 4)]).to.deep.equal([
        ...["abcd", "abc…", "漢字…", "漢字"],
      ]);
    });
  });

  describe("fitted", () => {
    const widest = (text: string) => Math.max(...text.split("\n").map(columnsOf));
    it("should be as wide as the terminal, within reason, and 80 columns where nobody says", () => {
      expect(widest(fitted(words, stream(40))))
        .to.be.at.most(40)
        .above(30);
      expect(widest(fitted(words, stream(300))))
        .to.be.at.most(100)
        .above(90);
      expect(widest(fitted(words, stream(0))))
        .to.be.at.most(80)
        .above(70);
      expect(widest(fitted(words, stream(undefined))))
        .to.be.at.most(80)
        .above(70);
    });
    it("should leave what is drawn as it is", () => {
      const drawn = `  voucher  ${"stance  ".repeat(12)}\n│ ${"a ".repeat(60)}│`;
      expect(fitted(drawn, stream(40))).to.equal(drawn);
    });
    it("should let lines that follow begin below the first", () => {
      expect(fitted("✓ one two three four five\n  six seven eight nine ten", stream(20))).to.equal(
        "✓ one two three four\n  five\n  six seven eight\n  nine ten",
      );
    });
  });
});
