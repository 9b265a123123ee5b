import { expect, it } from "vitest";
import { isJson, isJsonText, mergeContents } from "./merge-contents.ts";

const merge = (present: string, posted: string): string | undefined => {
  const merged = mergeContents(Buffer.from(present), Buffer.from(posted));
  return merged && Buffer.from(merged).toString();
};

it("replaces whole values at the top level and keeps the rest (XAPI-00183, XAPI-00184)", () => {
  expect(merge('{"car":{"make":"Ford","model":"Escape"},"driver":"Dale"}', '{"car":{"make":"Dodge"},"new":null}')).toBe(
    '{"car":{"make":"Dodge"},"driver":"Dale","new":null}',
  );
});

it("keeps the digits of numbers", () => {
  expect(merge('{"id":12345678901234567890,"score":1.0}', '{"small":[1e-7,0.10]}')).toBe(
    '{"id":12345678901234567890,"score":1.0,"small":[1e-7,0.10]}',
  );
});

it("takes a key like any other, whatever it means to JavaScript", () => {
  expect(merge('{"__proto__":1,"a":1}', '{"constructor":{"x":1}}')).toBe('{"__proto__":1,"a":1,"constructor":{"x":1}}');
});

it.each([
  ["[1]", "{}"],
  ["{}", "[1]"],
  ["{}", '"text"'],
  ["{}", "1.0"],
  ["null", "{}"],
  ["{}", '{"a":1}{'],
  ["{}", ""],
])("does not merge %s and %s", (present, posted) => expect(merge(present, posted)).toBeUndefined());

it("is not fooled by bytes that are no UTF-8", () => {
  expect(isJsonText(Buffer.from([0x22, 0xff, 0x22]))).toBe(false);
  expect(isJsonText(Buffer.from("[1, 2]"))).toBe(true);
});

it.each([
  ["application/json", true],
  ["Application/JSON; charset=utf-8", true],
  ["application/jsonx", false],
  ["application/ld+json", false],
  ["text/plain", false],
  ["", false],
])("tells by the content type %s whether it is JSON: %s", (type, expected) => expect(isJson(type)).toBe(expected));
