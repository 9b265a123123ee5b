import { expect, it } from "vitest";
import { type RefreshFacts, refreshDecision } from "./refresh-decision.ts";

const at = (seconds: number) => new Date(seconds * 1000);
const fresh: RefreshFacts = {
  now: at(100),
  sessionEnded: false,
  token: { number: 3, expiresAt: at(1000), exchangedAt: null },
  newestNumber: 3,
  graceSeconds: 30,
};
const exchanged = { ...fresh, newestNumber: 4, token: { ...fresh.token, exchangedAt: at(90) } };

it("exchanges a token that was not used", () => {
  expect(refreshDecision(fresh)).toBe("rotate");
});

it("repeats its answer shortly after", () => {
  expect(refreshDecision(exchanged)).toBe("repeat");
});

it("takes a token for stolen after the grace, and as soon as its successor was used", () => {
  expect(refreshDecision({ ...exchanged, now: at(120) })).toBe("reuse");
  expect(refreshDecision({ ...exchanged, newestNumber: 5 })).toBe("reuse");
});

it("refuses expired tokens and those of ended sessions", () => {
  expect(refreshDecision({ ...fresh, now: at(1000) })).toBe("ended");
  expect(refreshDecision({ ...exchanged, sessionEnded: true })).toBe("ended");
});
