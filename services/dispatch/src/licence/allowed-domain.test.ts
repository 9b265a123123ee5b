import { describe, expect, it } from "vitest";
import { frameAncestorsOf, hostOfAddress, isDomainAllowed } from "./allowed-domain.ts";

describe("the host of a page", () => {
  it.each([
    ["https://LMS.Example.com/a/b?c", "lms.example.com"],
    ["https://lms.example.com.:8443", "lms.example.com:8443"],
    ["http://127.0.0.1:8080", "127.0.0.1:8080"],
    ["http://[::1]:8080/", "[::1]:8080"],
    ["https://lms.example.com:443", "lms.example.com"],
    ["null", ""],
    ["", ""],
    ["file:///C:/course/index.html", ""],
    ["javascript:alert(1)", ""],
  ])("of %s is %s", (address, host) => expect(hostOfAddress(address)).toBe(host));
});

describe("an allowed domain", () => {
  it.each([
    [[], "anything.example", true],
    [[], "", true],
    [["lms.example.com"], "lms.example.com", true],
    [["lms.example.com"], "lms.example.com:8443", true],
    [["lms.example.com"], "other.example.com", false],
    [["lms.example.com"], "lms.example.com.evil.test", false],
    [["lms.example.com"], "evil-lms.example.com", false],
    [["lms.example.com"], "", false],
    [["*.example.com"], "lms.example.com", true],
    [["*.example.com"], "a.b.example.com:444", true],
    [["*.example.com"], "example.com", false],
    [["*.example.com"], ".example.com", false],
    [["*.example.com"], "evilexample.com", false],
    [["HTTPS://LMS.Example.com/path"], "lms.example.com", true],
    [["lms.example.com:8443"], "lms.example.com:8443", true],
    [["lms.example.com:8443"], "lms.example.com", false],
    [["*.example.com:8443"], "lms.example.com:8443", true],
    [["one.test", "two.test"], "two.test", true],
  ])("%j for %j: %s", (domains, host, allowed) => expect(isDomainAllowed(domains, host)).toBe(allowed));
});

describe("who may frame the player", () => {
  it("is anybody where no domain is named", () => expect(frameAncestorsOf([])).toEqual(["*"]));

  it("are the named domains on any port, or on theirs", () =>
    expect(frameAncestorsOf(["LMS.example", "*.corp.example:8443"])).toEqual([
      "https://lms.example:*",
      "http://lms.example:*",
      "https://*.corp.example:8443",
      "http://*.corp.example:8443",
    ]));

  it("is nobody by what could change the policy", () =>
    expect(frameAncestorsOf(["a.example; script-src *", "'none'", "a b", "*"])).toEqual([]));
});
