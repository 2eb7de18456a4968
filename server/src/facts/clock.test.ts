import { expect } from "chai";
import { watchClock } from "./clock.ts";
import { FactsUnavailableError } from "./errors.ts";

/** A clock that a test moves. */
function movable() {
  const time = { wall: 1_700_000_000_000, monotonic: 5_000 };
  return {
    time,
    clock: { wall: () => time.wall, monotonic: () => time.monotonic },
    pass: (milliseconds: number) => {
      time.wall += milliseconds;
      time.monotonic += milliseconds;
    },
  };
}

describe("watchClock", () => {
  it("should say the time, and follow slow corrections however far they go", () => {
    const { time, clock, pass } = movable();
    const { now } = watchClock(clock);
    for (let hour = 0; hour < 100; hour += 1) {
      pass(3_600_000);
      time.wall += 1_800;
      expect(now()).to.equal(Math.floor(time.wall / 1_000));
    }
  });

  for (const jump of [-3_600_000, 3_600_000]) {
    it(`should not believe a clock for a minute after it was set by ${jump / 1_000} seconds`, () => {
      const { time, clock, pass } = movable();
      const jumps: number[] = [];
      const { now } = watchClock(clock, (seconds) => jumps.push(seconds));
      now();
      time.wall += jump;
      for (const seconds of [0, 30, 29]) {
        pass(seconds * 1_000);
        expect(now)
          .to.throw(FactsUnavailableError, `jumped by ${jump / 1_000} seconds`)
          .with.property("part", "clock");
      }
      pass(1_000);
      expect(now()).to.equal(Math.floor(time.wall / 1_000));
      expect(jumps).to.deep.equal([jump / 1_000]);
    });
  }

  it("should believe it at once when it is set back to where it would have been", () => {
    const { time, clock, pass } = movable();
    const { now } = watchClock(clock);
    time.wall -= 60_000;
    expect(now).to.throw(FactsUnavailableError);
    pass(1_000);
    time.wall += 60_000;
    expect(now()).to.equal(Math.floor(time.wall / 1_000));
  });

  it("should start the minute anew with each jump", () => {
    const { time, clock, pass } = movable();
    const { now } = watchClock(clock);
    time.wall -= 60_000;
    expect(now).to.throw(FactsUnavailableError);
    pass(50_000);
    time.wall -= 60_000;
    expect(now).to.throw(FactsUnavailableError);
    pass(50_000);
    expect(now).to.throw(FactsUnavailableError);
    pass(10_000);
    expect(now()).to.equal(Math.floor(time.wall / 1_000));
  });
});
