import { expect, it } from "vitest";
import { passwordHashing } from "./password-hashing.ts";

const passwords = passwordHashing({ memoryKib: 8, passes: 1 });

it("makes argon2id hashes that only their password opens", async () => {
  const hash = await passwords.hash("Correct-Horse-7");
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=8,t=1,p=1\$/);
  expect(await passwords.verify(hash, "Correct-Horse-7")).toBe(true);
  expect(await passwords.verify(hash, "Correct-Horse-8")).toBe(false);
});

it("takes a character in composed and decomposed form for the same", async () => {
  expect(await passwords.verify(await passwords.hash("Ärger"), "A\u0308rger")).toBe(true);
});

it("says no where there is no hash, even to the stand-in's password", async () => {
  expect(await passwords.verify(undefined, "nobody has this password")).toBe(false);
  expect(await passwords.verify(null, "x")).toBe(false);
});
