import { expect } from "chai";
import { table } from "./table.ts";
import { outputWidth } from "./width.ts";
import { columnsOf } from "./wrap.ts";

const columns = [{ title: "id", align: "right" }, { title: "what", isFlexible: true }, { title: "hash" }] as const;

describe("table", () => {
  it("should put columns below their titles, numbers to the right", () => {
    expect(
      table(columns, [
        ["7", "a", "0x12"],
        ["1200", "", "0x3"],
      ]),
    ).to.equal("    id  what  hash\n     7  a     0x12\n  1200        0x3");
  });

  it("should have a head alone where there is no row, and none beyond the terminal where there are very many", () => {
    expect(table(columns, [])).to.equal("  id  what  hash");
    const rows = Array.from({ length: 10_000 }, (_, index) => [String(index), "漢字 und mehr".repeat(9), "0x1234"]);
    const lines = table(columns, rows).split("\n");
    expect(lines).to.have.length(10_001);
    expect(lines[0]).to.match(/^ {4}id {2}what +hash$/);
    expect(
      new Set(lines.slice(1).map((line) => columnsOf(line) <= outputWidth() && line.endsWith("  0x1234"))),
    ).to.have.keys([true]);
  });

  it("should cut what may give way first, then the widest, and never be wider than the terminal", () => {
    const hash = `0x${"ab".repeat(20)}`;
    const [, row = ""] = table(columns, [["7", "word".repeat(40), hash]]).split("\n");
    expect(row)
      .to.match(new RegExp(`^ +7 {2}[word]+… {2}${hash}$`))
      .and.have.length(outputWidth());
    const [, wide = ""] = table(columns, [["7".repeat(90), "漢".repeat(90), "e\u0301".repeat(90)]]).split("\n");
    expect(columnsOf(wide)).to.be.at.most(outputWidth());
    expect(wide.split("…")).to.have.length(4);
  });

  it("should show nothing that steers a terminal, and align by what is seen", () => {
    const text = table(columns, [
      ["1", "\u001b[2Jfine\u202e\n", "h"],
      ["2", "😀", "h"],
    ]);
    expect(text.replace(/\n/g, "")).to.not.match(/[\p{Cc}\p{Cf}]/u);
    const [, one = "", two = ""] = text.split("\n");
    expect(columnsOf(one)).to.equal(columnsOf(two));
  });
});
