import { describe, expect, it } from "vitest";
import { type EndedSession, statusAfterSession } from "./lesson-status.ts";
import { lenientPolicy } from "./policy.ts";

const session: EndedSession = {
  mode: "normal",
  credit: "credit",
  status: "not attempted",
  scoreRaw: "",
  masteryScore: "",
  finished: true,
};

describe("statusAfterSession", () => {
  it("ignores a mastery score that is not a number, and reads one with blanks around it", () => {
    expect(statusAfterSession({ ...session, scoreRaw: "90", masteryScore: "80%" }, lenientPolicy)).toBe("completed");
    expect(statusAfterSession({ ...session, scoreRaw: "90", masteryScore: " 80 " }, lenientPolicy)).toBe("passed");
  });

  it("leaves the SCO's own status alone where the policy says so", () => {
    const own = { ...session, status: "passed", scoreRaw: "10", masteryScore: "80" };
    expect(statusAfterSession(own, { ...lenientPolicy, masteryOverridesStatus: false })).toBe("passed");
    expect(
      statusAfterSession({ ...own, status: "not attempted" }, { ...lenientPolicy, masteryOverridesStatus: false }),
    ).toBe("failed");
  });

  it("decides about incomplete only where the policy says so", () => {
    const incomplete = { ...session, status: "incomplete", scoreRaw: "90", masteryScore: "80" };
    expect(statusAfterSession(incomplete, lenientPolicy)).toBe("incomplete");
    expect(statusAfterSession(incomplete, { ...lenientPolicy, masteryOverridesIncomplete: true })).toBe("passed");
  });

  it("can leave an unset status incomplete when the window was closed", () => {
    const closed = { ...session, finished: false };
    expect(statusAfterSession(closed, lenientPolicy)).toBe("completed");
    expect(statusAfterSession(closed, { ...lenientPolicy, closedWindowFinishes: false })).toBe("incomplete");
  });

  it("changes nothing without credit and in review", () => {
    const scored = { ...session, status: "completed", scoreRaw: "10", masteryScore: "80" };
    expect(statusAfterSession({ ...scored, credit: "no-credit" }, lenientPolicy)).toBe("completed");
    expect(statusAfterSession({ ...scored, mode: "review" }, lenientPolicy)).toBe("completed");
  });
});
