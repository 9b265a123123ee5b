import { expect, it } from "vitest";
import { readAuthorization } from "./authorization-header.ts";

const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;

it("reads a key as Basic and as Bearer, with colons in the secret", () => {
  const key = { kind: "key", id: "cm_1", secret: "se:cret" };
  expect(readAuthorization(basic("cm_1:se:cret"))).toEqual(key);
  expect(readAuthorization("bearer cm_1:se:cret")).toEqual(key);
});

it("takes a Bearer value without colon for an access token", () => {
  expect(readAuthorization("Bearer aaa.bbb.ccc")).toEqual({ kind: "access token", token: "aaa.bbb.ccc" });
});

it.each([
  "",
  "Basic",
  basic("no-colon"),
  basic(":secret"),
  "Digest x",
  "Bearer a b",
])("makes nothing of %j", (header) => {
  expect(readAuthorization(header)).toBeUndefined();
});
