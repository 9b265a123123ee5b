import { describe, expect, it } from "vitest";
import { appendParameters } from "./append-parameters.ts";
import { createFileIndex } from "./file-index.ts";
import { encodePath, resolveHref } from "./resolve-href.ts";

const files = createFileIndex(["a.html", "deep/b c.html", "100%25.html", "caf\u00e9.html", "odd#name.html"]);
const found = (path: string, ...forgiven: string[]) => ({ kind: "file", path, forgiven });

describe("an href", () => {
  it.each([
    ["a.html", found("a.html")],
    ["./deep/../a.html", found("a.html")],
    ["deep/b%20c.html", found("deep/b c.html")],
    ["deep/b c.html", found("deep/b c.html")],
    ["DEEP/B C.html", found("deep/b c.html", "case")],
    ["deep\\b c.html", found("deep/b c.html", "backslash")],
    ["/a.html", found("a.html", "root")],
    ["100%25.html", found("100%25.html", "literal")],
    ["cafe\u0301.html", found("caf\u00e9.html")],
    ["odd%23name.html", found("odd#name.html")],
    ["gone.html", { kind: "absent", path: "gone.html" }],
    ["../a.html", { kind: "outside" }],
    ["deep/%2e%2e/%2e%2e/a.html", { kind: "outside" }],
    ["https://example.com/", { kind: "external", url: "https://example.com/" }],
    ["//example.com/", { kind: "external", url: "//example.com/" }],
    ["C:\\a.html", { kind: "scheme", scheme: "c" }],
    ["%E0%A4%A.html", { kind: "absent" }],
  ])("%s", (href, expected) => {
    expect(resolveHref(href, [], files)).toMatchObject(expected);
  });

  it("keeps query and fragment as they are written", () => {
    expect(resolveHref("a.html?x=1?y#top#end", [], files)).toMatchObject({ query: "?x=1?y", fragment: "#top#end" });
  });
});

describe("item parameters", () => {
  it.each([
    ["a.html", "?x=1", "a.html?x=1"],
    ["a.html?y=2", "?&x=1", "a.html?y=2&x=1"],
    ["a.html#top", "x=1", "a.html?x=1#top"],
    ["a.html", "#top", "a.html#top"],
    ["a.html?y=2", "#top", "a.html?y=2"],
    ["a.html", undefined, "a.html"],
    ["a.html", " ? ", "a.html"],
  ])("%s with %s become %s", (href, parameters, expected) => {
    expect(appendParameters(href, parameters)).toBe(expected);
  });
});

it("encodes a path for a URL without touching its slashes", () => {
  expect(encodePath("a b/100%/caf\u00e9#1?,(x).html")).toBe("a%20b/100%25/caf%C3%A9%231%3F,(x).html");
});
