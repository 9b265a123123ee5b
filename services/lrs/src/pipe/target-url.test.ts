import { expect, it } from "vitest";
import { readTargetUrl, resourceOf } from "./target-url.ts";

it.each([
  ["https://lrs.example/xapi", "https://lrs.example/xapi"],
  ["https://lrs.example/xapi/statements//", "https://lrs.example/xapi"],
  ["https://lrs.example", "https://lrs.example/"],
  ["https://lrs.example/statements", "https://lrs.example/"],
])("reads %s as %s", (text, expected) => {
  expect(readTargetUrl(text).href).toBe(expected);
});

it("finds resources below it", () => {
  expect(resourceOf("https://lrs.example/xapi", "statements").href).toBe("https://lrs.example/xapi/statements");
  expect(resourceOf("https://lrs.example/", "about").href).toBe("https://lrs.example/about");
});

it.each(["lrs", "https://lrs.example/xapi?x=1", "https://lrs.example/xapi#x"])("refuses %s", (text) => {
  expect(() => readTargetUrl(text)).toThrow(/not sent/);
});
