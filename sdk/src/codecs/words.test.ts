import { expect } from "chai";
import { formatCount, formatDuration, formatHex, formatTime } from "./words.ts";

describe("formatTime", () => {
  it("should show a time to the second, in UTC", () => {
    expect(formatTime(1_767_225_600)).to.equal("2026-01-01 00:00:00 UTC");
    expect(formatTime(1_767_225_661n)).to.equal("2026-01-01 00:01:01 UTC");
  });

  it("should leave out seconds and zone where it is asked to", () => {
    expect(formatTime(1_767_225_661, { precision: "minute" })).to.equal("2026-01-01 00:01 UTC");
    expect(formatTime(1_767_225_661, { precision: "minute", zone: false })).to.equal("2026-01-01 00:01");
    expect(formatTime(1_767_225_661, { zone: false })).to.equal("2026-01-01 00:01:01");
  });

  it("should show years of more than four digits, and the number itself beyond what a date can hold", () => {
    expect(formatTime(253_402_300_800, { precision: "minute" })).to.equal("+010000-01-01 00:00 UTC");
    expect(formatTime(2n ** 60n)).to.equal("second 1152921504606846976");
  });
});

describe("formatDuration", () => {
  it("should show the two largest units", () => {
    const shown = [0, 59, 60, 3_599, 3_600, 5_400, 86_400, 608_400].map(formatDuration);
    const expected = ["0 s", "59 s", "1 min", "59 min", "1 h 0 min", "1 h 30 min", "1 d 0 h", "7 d 1 h"];
    expect(shown).to.deep.equal(expected);
  });
});

describe("formatCount", () => {
  it("should tell one from many", () => {
    const shown = [0, 1, 2, 1n, 12n].map((number) => formatCount(number, "point"));
    expect(shown).to.deep.equal(["0 points", "1 point", "2 points", "1 point", "12 points"]);
  });
});

describe("formatHex", () => {
  it("should show how it begins and ends, and a dash where there is none", () => {
    expect(formatHex("0x70997970C51812dc3A010C7d01b50e0d17dc79C8")).to.equal("0x7099…79C8");
    expect(formatHex(undefined)).to.equal("–");
  });
});
