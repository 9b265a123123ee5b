import { expect, it } from "vitest";
import { signedIn } from "./fetch-address.ts";

it("moves user name and password from the address to the request", () => {
  const { url, headers } = signedIn(new URL("https://ann:p%40ss@files.example/a.zip?x=1"));
  expect(url.href).toBe("https://files.example/a.zip?x=1");
  expect(headers).toEqual({ authorization: `Basic ${Buffer.from("ann:p@ss").toString("base64")}` });
});

it("leaves an address without them as it is", () => {
  expect(signedIn(new URL("https://files.example/a.zip"))).toEqual({
    url: new URL("https://files.example/a.zip"),
    headers: {},
  });
});
