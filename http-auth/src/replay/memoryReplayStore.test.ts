import { expect } from "chai";
import fc from "fast-check";
import { InvalidOptionError } from "../errors/mistakes.ts";
import { memoryReplayStore, ReplayStoreFullError } from "./memoryReplayStore.ts";

const nonce = { keyid: "eip155:1:0x01", nonce: "a", until: 100, now: 10 };

describe("nonces in memory", () => {
  it("should be used up once, until they end", () => {
    const store = memoryReplayStore();
    expect(store.consume(nonce)).to.equal(true);
    expect(store.consume(nonce)).to.equal(false);
    expect(store.consume({ ...nonce, until: 140 })).to.equal(false);
    expect(store.consume({ ...nonce, now: 100 })).to.equal(false);
    expect(store.consume({ ...nonce, now: 101, until: 160 })).to.equal(true);
  });

  it("should be those of one account each", () => {
    const store = memoryReplayStore();
    expect(store.consume(nonce)).to.equal(true);
    expect(store.consume({ ...nonce, keyid: "eip155:1:0x02" })).to.equal(true);
    expect(store.consume({ ...nonce, nonce: "A" })).to.equal(true);
  });

  it("should not come back with a clock that goes back", () => {
    const store = memoryReplayStore();
    expect(store.consume(nonce)).to.equal(true);
    expect(store.consume({ ...nonce, nonce: "b", now: 200, until: 260 })).to.equal(true);
    expect(store.consume(nonce)).to.equal(false);
  });

  it("should be refused where there is no room, and taken again when others ended", () => {
    const store = memoryReplayStore({ capacity: 2 });
    store.consume(nonce);
    store.consume({ ...nonce, nonce: "b" });
    expect(() => store.consume({ ...nonce, nonce: "c" })).to.throw(ReplayStoreFullError, "keeps 2 nonces");
    expect(store.consume(nonce)).to.equal(false);
    expect(store.consume({ ...nonce, nonce: "c", now: 101, until: 160 })).to.equal(true);
  });

  it("should not be kept without any room", () => {
    for (const capacity of [0, -1, 1.5, Number.NaN]) {
      expect(() => memoryReplayStore({ capacity })).to.throw(InvalidOptionError, "`capacity`");
    }
  });

  it("should pass one of many, whatever the order", () => {
    const uses = fc.array(fc.record({ nonce: fc.constantFrom("a", "b", "c"), step: fc.nat(40), until: fc.nat(60) }));
    const property = fc.property(uses, (steps) => {
      const store = memoryReplayStore();
      const ends = new Map<string, number>();
      let now = 0;
      for (const { nonce: name, step, until } of steps) {
        now += step;
        const isFirst = (ends.get(name) ?? -1) < now;
        expect(store.consume({ keyid: "k", nonce: name, until: now + until, now })).to.equal(isFirst);
        if (isFirst) ends.set(name, now + until);
      }
    });
    fc.assert(property);
  });
});
