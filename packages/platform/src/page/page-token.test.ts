import { expect, it } from "vitest";
import { reasonOf } from "../errors/service-error.ts";
import { cutPage, readPageRequest } from "./page-token.ts";

const page = (pageToken: string, pageSize = 2) => ({ pageToken, pageSize });

it("pages by the keys of the last row until nothing is left", () => {
  const start = readPageRequest(page(""), "courses");
  const first = cutPage([1, 2, 3], start, "courses", (row) => [row]);
  expect(first.rows).toEqual([1, 2]);
  expect(readPageRequest(page(first.nextPageToken), "courses").after).toEqual([2]);
  expect(cutPage([3], start, "courses", (row) => [row]).nextPageToken).toBe("");
});

it("refuses a token of another list, and nonsense", () => {
  const { nextPageToken } = cutPage([1, 2, 3], { limit: 2, after: undefined }, "courses", (row) => [row]);
  for (const token of [nextPageToken, "nonsense", "e30"]) {
    let thrown: unknown;
    try {
      readPageRequest(page(token), "members");
    } catch (error) {
      thrown = error;
    }
    expect(reasonOf(thrown)).toBe("PAGE_TOKEN_INVALID");
  }
});
