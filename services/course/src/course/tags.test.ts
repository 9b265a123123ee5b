import { expect, it } from "vitest";
import { cleanTags } from "./tags.ts";

it("keeps each tag once, as it was written first", () => {
  expect(cleanTags("tags", [" Safety ", "safety", "", "Fire"])).toEqual(["Safety", "Fire"]);
});

it("refuses tags that are too long or too many", () => {
  expect(() => cleanTags("tags", ["x".repeat(101)])).toThrow(/100 characters/);
  expect(() =>
    cleanTags(
      "tags",
      Array.from({ length: 101 }, (_, index) => `tag ${index}`),
    ),
  ).toThrow(/100 tags/);
});
