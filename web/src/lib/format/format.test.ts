import { describe, expect, it } from "vitest";
import { formatBytes } from "./bytes.ts";
import { formatDuration, formatGap, isoDuration } from "./duration.ts";
import { isId, shortId } from "./ids.ts";
import { formatScore, formatShare } from "./score.ts";
import { formatDateTime, formatLogTime, timePhrase } from "./time.ts";

describe("durations", () => {
  it("pads the smaller unit so that columns line up", () => {
    expect(formatDuration(3840)).toBe("1 h 04 min");
    expect(formatDuration(245)).toBe("4 min 05 s");
    expect(formatDuration(60)).toBe("1 min");
    expect(formatDuration(12.4)).toBe("12 s");
  });
  it("shows a time that was never taken as absent, a very short one as short", () => {
    expect(formatDuration(0)).toBe("—");
    expect(formatDuration(Number.NaN)).toBe("—");
    expect(formatDuration(0.2)).toBe("< 1 s");
  });
  it("tells gaps between calls to the millisecond when they are small", () => {
    expect(formatGap(132)).toBe("+0.132 s");
    expect(formatGap(4040)).toBe("+4.0 s");
    expect(formatGap(200_000)).toBe("+3 min 20 s");
  });
  it("has the ISO form for the tooltip", () => {
    expect(isoDuration(3845)).toBe("PT1H4M5S");
    expect(isoDuration(0)).toBe("PT0S");
  });
});

describe("times", () => {
  const now = Date.UTC(2026, 10, 20, 14, 32);
  it("is relative for a day and absolute afterwards", () => {
    expect(timePhrase(now - 30_000, now)).toEqual({ kind: "now" });
    expect(timePhrase(now - 4 * 60_000, now)).toEqual({ kind: "minutes", count: 4 });
    expect(timePhrase(now - 23 * 3_600_000, now)).toEqual({ kind: "hours", count: 23 });
    expect(timePhrase(now - 86_400_000, now)).toEqual({ kind: "absolute" });
  });
  it("never calls the future past, but forgives a clock that is a little ahead", () => {
    expect(timePhrase(now + 10_000, now)).toEqual({ kind: "now" });
    expect(timePhrase(now + 3_600_000, now)).toEqual({ kind: "absolute" });
  });
  it("writes the day before the month, and milliseconds in logs", () => {
    expect(formatDateTime(now, "en", "utc")).toBe("20 Nov 2026, 14:32");
    expect(formatDateTime(now, "de", "utc")).toBe("20. Nov. 2026, 14:32");
    expect(formatLogTime(now + 5123, "utc")).toBe("14:32:05.123");
  });
});

describe("scores and shares", () => {
  it("shows raw and maximum only when they say more than the percentage", () => {
    expect(formatScore({ scaled: 0.92, raw: 46, max: 50 })).toBe("92% (46/50)");
    expect(formatScore({ scaled: 0.92, raw: 92, max: 100 })).toBe("92%");
    expect(formatScore({ scaled: 0.825 })).toBe("82.5%");
  });
  it("shows a missing score as absent and a score of zero as zero", () => {
    expect(formatScore(undefined)).toBe("—");
    expect(formatScore({ scaled: 0, raw: 0, max: 10 })).toBe("0% (0/10)");
  });
  it("does not round a remainder away", () => {
    expect(formatShare(1, 1000)).toBe("<1%");
    expect(formatShare(999, 1000)).toBe(">99%");
    expect(formatShare(3, 0)).toBe("—");
  });
});

describe("ids and sizes", () => {
  it("cuts ids in the middle and recognizes pasted ones", () => {
    expect(shortId("0199b2c4-1111-7222-8333-4444449f3a01")).toBe("0199b2c4…9f3a01");
    expect(isId(" 0199b2c4-1111-7222-8333-4444449f3a01 ")).toBe(true);
    expect(isId("0199b2c4")).toBe(false);
  });
  it("uses decimal units", () => {
    expect(formatBytes(0, "en")).toBe("0 B");
    expect(formatBytes(999_900, "en")).toBe("1 MB");
    expect(formatBytes(1_440_000_000, "en")).toBe("1.4 GB");
  });
});
