import { expect, it } from "vitest";
import { curlExample, keyState } from "./key-state.ts";

const DAY = 86_400_000;
const now = 1000 * DAY;
const key = (times: { create?: number; expire?: number; use?: number }) => ({
  createTime: BigInt(times.create ?? now),
  expireTime: BigInt(times.expire ?? 0),
  lastUseTime: BigInt(times.use ?? 0),
});

it("marks keys that ended, will end soon, or lie unused", () => {
  expect(keyState(key({ expire: now - 1 }), now)).toBe("expired");
  expect(keyState(key({ expire: now + 3 * DAY }), now)).toBe("expiring");
  expect(keyState(key({ create: now - 200 * DAY, use: now - 100 * DAY }), now)).toBe("unused");
  expect(keyState(key({ create: now - 200 * DAY, use: now - DAY }), now)).toBe("active");
  expect(keyState(key({ create: now - DAY }), now)).toBe("active");
});

it("quotes id and secret so that a shell passes them on", () => {
  expect(curlExample("https://learn.example.org", "k1", "s$1", ["course:read"])).toBe(
    "curl -u 'k1:s$1' https://learn.example.org/api/v2/courses",
  );
});

it("shows a call that the key's scopes allow", () => {
  const example = (...scopes: string[]) => curlExample("https://learn.example.org", "k", "s", scopes);
  expect(example("statement:readmine")).toContain("/xapi/statements?limit=1'");
  expect(example("statement:write")).toMatch(/xapi\/statements -d '\{"actor"/);
  expect(example("state:read")).toContain("/api/v2/ping");
});
