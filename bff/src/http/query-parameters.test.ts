import { timestampDate } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { queryParameters } from "./query-parameters.ts";

describe("query parameters", () => {
  it("reads lists separated by commas and given more than once", () =>
    expect(queryParameters({ tags: ["a,b", "c"] }).list("tags")).toEqual(["a", "b", "c"]));

  it("reads times", () =>
    expect(timestampDate(queryParameters({ since: "2026-01-02T03:04:05Z" }).time("since")!).toISOString()).toBe(
      "2026-01-02T03:04:05.000Z",
    ));

  it("takes choices in any case and the default when absent", () => {
    expect(queryParameters({ o: "CREATED_ASC" }).choice("o", ["created_asc", "created_desc"], "created_desc")).toBe(
      "created_asc",
    );
    expect(queryParameters({}).choice("o", ["created_asc", "created_desc"], "created_desc")).toBe("created_desc");
  });

  it.each([
    ["flag", "yes please"],
    ["time", "yesterday"],
    ["count", "-1"],
  ] as const)("names the parameter when a %s is none", (kind, text) =>
    expect(() => queryParameters({ it: text })[kind]("it")).toThrow(/^(?:\[\w+\] )?it: /));
});
