import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatTimespan, parseTimespan } from "./timespan.ts";

describe("time spans", () => {
  it("read what they write, to the centisecond", () => {
    const time = fc.nat({ max: 9_999 * 360_000 });
    fc.assert(fc.property(time, (centiseconds) => parseTimespan(formatTimespan(centiseconds)) === centiseconds));
  });

  it("are written with four hour digits", () => {
    expect(formatTimespan(0)).toBe("0000:00:00.00");
    expect(formatTimespan(372_345)).toBe("0001:02:03.45");
    expect(formatTimespan(36_000_000 * 100)).toBe("10000:00:00.00");
  });

  it("count one fraction digit as tenths", () => {
    expect(parseTimespan("00:00:01.5")).toBe(150);
  });

  it("are not read from other notations", () => {
    for (const text of ["", "PT1H", "00:30", "1:2:3", "00:00:00.", "00:00:00.123"])
      expect(parseTimespan(text)).toBeUndefined();
  });
});
