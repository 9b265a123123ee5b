import { describe, expect, it } from "vitest";
import { queryParameters } from "../http/query-parameters.ts";
import { moreToken, readListRequest } from "./more-token.ts";

describe("a more token", () => {
  it("brings the first page's filters to the next", () => {
    const first = readListRequest(queryParameters({ courseId: "c", tags: ["a", "b"] }));
    const second = readListRequest(queryParameters({ more: moreToken(first, "t2")! }));
    expect(second.pageToken).toBe("t2");
    expect(second.query.text("courseId")).toBe("c");
    expect(second.query.list("tags")).toEqual(["a", "b"]);
  });

  it("is absent on the last page", () => expect(moreToken(readListRequest(queryParameters({})), "")).toBeUndefined());

  it.each(["x", "W10", "bnVsbA"])("is refused when it is %s", (more) =>
    expect(() => readListRequest(queryParameters({ more }))).toThrow(/more/));
});
