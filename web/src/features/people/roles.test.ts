import { expect, it } from "vitest";
import { givableRoles } from "./roles.ts";

it("offers no role above one's own", () => {
  expect(givableRoles("admin")).toEqual(["admin", "member", "viewer"]);
  expect(givableRoles("owner")).toContain("owner");
  expect(givableRoles("")).toEqual([]);
});
