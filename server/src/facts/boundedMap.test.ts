import { expect } from "chai";
import { BoundedMap } from "./boundedMap.ts";

describe("BoundedMap", () => {
  it("should forget what was used least recently, and tell of it", () => {
    const forgotten: string[] = [];
    const map = new BoundedMap<string, number>(2, (value, key) => forgotten.push(`${key}=${value}`));
    map.set("a", 1);
    map.set("b", 2);
    expect(map.get("a")).to.equal(1);
    map.set("c", 3);
    expect(forgotten).to.deep.equal(["b=2"]);
    expect([...map.values()]).to.deep.equal([1, 3]);
    map.set("c", 4);
    expect(map.size).to.equal(2);
    expect(map.get("b")).to.equal(undefined);
    expect(map.delete("a")).to.equal(true);
    map.clear();
    expect(map.size).to.equal(0);
  });

  it("should refuse a limit that is none", () => {
    for (const limit of [0, -1, 1.5, Number.NaN]) expect(() => new BoundedMap(limit)).to.throw(RangeError);
  });
});
