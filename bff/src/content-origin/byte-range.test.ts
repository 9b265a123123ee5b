import { expect, it } from "vitest";
import { readRange } from "./byte-range.ts";

it.each([
  ["bytes=0-499", { start: 0, end: 499 }],
  ["bytes=500-", { start: 500, end: 999 }],
  ["bytes=-200", { start: 800, end: 999 }],
  ["bytes=-5000", { start: 0, end: 999 }],
  ["bytes=990-5000", { start: 990, end: 999 }],
  ["Bytes = 0-0", { start: 0, end: 0 }],
])("reads %s", (header, range) => {
  expect(readRange(header, 1000)).toEqual(range);
});

it.each(["bytes=1000-", "bytes=1000-1001", "bytes=-0"])("cannot satisfy %s", (header) => {
  expect(readRange(header, 1000)).toBe("unsatisfiable");
});

it.each([
  undefined,
  "",
  "bytes=",
  "bytes=-",
  "bytes=5-4",
  "bytes=0-1,5-6",
  "items=0-1",
  "bytes=a-b",
])("sends the whole for %s", (header) => {
  expect(readRange(header, 1000)).toBeUndefined();
});

it("cannot satisfy any range of an empty file", () => {
  expect(readRange("bytes=0-", 0)).toBe("unsatisfiable");
  expect(readRange("bytes=-5", 0)).toBe("unsatisfiable");
});
