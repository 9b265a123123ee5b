import { expect, it } from "vitest";
import { rewriteMembers } from "./rewrite-members.ts";

it("leaves what it does not set as it was written", () => {
  const json = ' { "a" : 1.0, "b":{"x":[1, 2,"},"]} ,"c":"\\"}" } ';
  expect(rewriteMembers(json, new Map(Object.entries({ d: "4" })))).toBe(
    '{"a" : 1.0,"b":{"x":[1, 2,"},"]},"c":"\\"}","d":4}',
  );
});

it("sets a member where it stood", () => {
  expect(rewriteMembers('{"a":[1],"stored":"x","b":2}', new Map(Object.entries({ stored: '"y"', id: "1" })))).toBe(
    '{"a":[1],"stored":"y","b":2,"id":1}',
  );
});

it("knows a name however it is written", () => {
  expect(rewriteMembers('{"st\\u006fred":"x"}', new Map(Object.entries({ stored: '"y"' })))).toBe('{"stored":"y"}');
});

it("fills an empty object", () => {
  expect(rewriteMembers("{ }", new Map(Object.entries({ a: "1" })))).toBe('{"a":1}');
});
