import { describe, expect, it } from "vitest";
import { queryParameters } from "../http/query-parameters.ts";
import { numberedPage, type ReadRows, readPageWish } from "./numbered-page.ts";

/** A list of the numbers below `length`, read by token. */
function listOf(length: number): { read: ReadRows<number>; sizes: number[] } {
  const sizes: number[] = [];
  const read: ReadRows<number> = async ({ pageSize, pageToken, withTotal }) => {
    sizes.push(pageSize);
    const start = Number(pageToken || 0);
    const end = Math.min(length, start + pageSize);
    return {
      rows: Array.from({ length: end - start }, (_, index) => start + index),
      nextPageToken: end < length ? String(end) : "",
      total: withTotal ? length : undefined,
    };
  };
  return { read, sizes };
}

describe("numberedPage", () => {
  it.each([
    [1, 20, 0, 20],
    [2, 20, 20, 40],
    [13, 20, 240, 250],
    [14, 20, 250, 250],
  ])("finds page %i of %i rows each in 250", async (page, limit, from, to) => {
    const { rows, paging } = await numberedPage({ page, limit }, listOf(250).read);
    expect(rows).toEqual(Array.from({ length: to - from }, (_, index) => from + index));
    expect(paging).toEqual({ page, limit, total: 250, totalPages: 13 });
  });

  it("reads no more than it has to", async () => {
    const { read, sizes } = listOf(1_000);
    await numberedPage({ page: 3, limit: 100 }, read);
    expect(sizes).toEqual([200, 100]);
  });

  it("is empty for an empty list", async () => {
    expect(await numberedPage({ page: 1, limit: 20 }, listOf(0).read)).toEqual({
      rows: [],
      paging: { page: 1, limit: 20, total: 0, totalPages: 0 },
    });
  });
});

describe("readPageWish", () => {
  it("is the first 20 rows when nothing is said", () => {
    expect(readPageWish(queryParameters({}))).toEqual({ page: 1, limit: 20 });
  });

  it.each([
    ["page", { page: "0" }],
    ["page", { page: "501", limit: "20" }],
    ["limit", { limit: "0" }],
    ["limit", { limit: "101" }],
    ["limit", { limit: "many" }],
  ])("refuses a wrong %s: %o", (field, query) => {
    expect(() => readPageWish(queryParameters(query))).toThrow(field);
  });
});
