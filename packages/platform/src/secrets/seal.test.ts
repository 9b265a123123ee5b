import { expect, it } from "vitest";
import { deriveKey, seal, unseal } from "./seal.ts";

const key = deriveKey("a secret of some length", "test");

it("gives back what was sealed, differently sealed each time", () => {
  const sealed = seal(key, Buffer.from("private"));
  expect(unseal(key, sealed)?.toString()).toBe("private");
  expect(seal(key, Buffer.from("private"))).not.toBe(sealed);
});

it("gives nothing for another key or a changed text", () => {
  const sealed = seal(key, Buffer.from("private"));
  expect(unseal(deriveKey("another secret", "test"), sealed)).toBeUndefined();
  expect(unseal(deriveKey("a secret of some length", "other purpose"), sealed)).toBeUndefined();
  expect(unseal(key, `${sealed.slice(0, -4)}AAAA`)).toBeUndefined();
  expect(unseal(key, "short")).toBeUndefined();
});
