import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isIri, isIrl, isUri } from "./iri.ts";

describe("isIri (RFC 3987)", () => {
  it.each([
    "http://example.com",
    "https://user@example.com:8080/a/b;c=d?e=f&g#h?i/j",
    "http://[2001:db8::7]/c",
    "HTTP://EXAMPLE.COM",
    "http://5sVr5VIFxLg_course_id",
    "https://例え.example/コース?q=é#ü",
    "https://example.com/😀",
    "https://example.com/%E4%BD%A0",
    "mailto:ada@example.com",
    "urn:isbn:9783161484100",
    "tag:example.com,2026:course",
    "act:course",
    "a+b-c.1:x",
    "file:///etc/hosts",
  ])("takes %s", (text) => {
    expect(isIri(text)).toBe(true);
  });

  it.each([
    "",
    "example.com",
    "/path",
    "//example.com",
    ":x",
    "x:",
    "1a:x",
    "ä:x",
    "a_b:x",
    "http:",
    "http://",
    "http:example.com",
    "http:///path",
    "https://:80/",
    "https://?q",
    "http://example.com/a b",
    "http://example.com/a\tb",
    "http://example.com/\u0000",
    "http://example.com/\u0085",
    "http://example.com/<x>",
    'http://example.com/"',
    "http://example.com/{id}",
    "http://example.com/a|b",
    "http://example.com/a\\b",
    "http://example.com/a^b`c",
    "http://example.com/[x]",
    "http://example.com/%",
    "http://example.com/%4",
    "http://example.com/%zz",
    "http://example.com/#a#b",
    "http://example.com/\ud83d",
    "http://example.com/\ude00",
    "http://example.com/\ufdd0",
    "http://example.com/\uffff",
  ])("refuses %j", (text) => {
    expect(isIri(text)).toBe(false);
  });

  it("takes what the platform takes for a web address in ASCII", () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => isIri(url) && isUri(url)),
      { numRuns: 30 },
    );
  });

  it("never throws, and takes no URI that is no IRI", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => isIri(text) || (!isUri(text) && !isIrl(text))));
  });
});

describe("isIrl", () => {
  it("takes what locates, and no name", () => {
    expect(isIrl("https://example.com/about")).toBe(true);
    expect(isIrl("URN:isbn:9783161484100")).toBe(false);
  });
});
