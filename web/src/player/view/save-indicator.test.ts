import { describe, expect, it } from "vitest";
import { settledStatus } from "../journal/journal-status.ts";
import { announcementOf, saveIndicator } from "./save-indicator.ts";

const settled = settledStatus(0);
const now = 1_000_000;

describe("saveIndicator", () => {
  it("claims nothing before anything was saved", () => {
    expect(saveIndicator(settled, now)).toEqual({ kind: "idle" });
    expect(saveIndicator({ ...settled, waitingSince: now }, now)).toEqual({ kind: "saving" });
  });

  it("shows Saving after 600 ms", () => {
    const waiting = { ...settled, savedAt: now - 5_000, waitingSince: now - 599 };
    expect(saveIndicator(waiting, now).kind).toBe("saved");
    expect(saveIndicator(waiting, now + 1).kind).toBe("saving");
  });

  it("shows trouble before everything else, with whether the device keeps the progress", () => {
    const status = { ...settled, savedAt: 5, trouble: "offline" as const, kept: false, retryAt: 7 };
    expect(saveIndicator(status, now)).toEqual({ kind: "offline", kept: false, retryAt: 7 });
  });
});

describe("announcementOf", () => {
  const saved = { kind: "saved", at: 1 } as const;
  const failing = { kind: "failing", kept: true, retryAt: 0 } as const;

  it("speaks at the first save, at trouble once, and when it is over", () => {
    expect(announcementOf({ kind: "saving" }, saved, false)).toBe("saved");
    expect(announcementOf({ kind: "saving" }, saved, true)).toBeUndefined();
    expect(announcementOf(saved, failing, true)).toBe("trouble");
    expect(announcementOf(failing, { ...failing, retryAt: 9 }, true)).toBeUndefined();
    expect(announcementOf(failing, saved, true)).toBe("back");
  });
});
