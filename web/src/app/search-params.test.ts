import { expect, it } from "vitest";
import { coursesSearch, journalSearch, registrationsSearch } from "./search-params.ts";

it("keeps what is right in an address and drops what is wrong", () => {
  expect(coursesSearch.parse({ q: "golf", order: "sideways", tags: ["a"], archived: "yes" })).toMatchObject({
    q: "golf",
    tags: ["a"],
    order: undefined,
    archived: undefined,
  });
  expect(registrationsSearch.parse({ completion: "complete", launched: false, extra: 1 })).toMatchObject({
    completion: "complete",
    launched: false,
  });
  expect(journalSearch.parse({ at: 7 }).at).toBeUndefined();
});
