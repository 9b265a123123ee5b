import { reasonOf } from "@coursemesh/platform/errors/service-error.ts";
import { ErrorReason } from "@coursemesh/proto/coursemesh/dispatch/v1/error_reason_pb.ts";
import { expect, it } from "vitest";
import { errors } from "./errors.ts";

it("has an error for every reason of the contract, and no other", () => {
  const declared = Object.keys(ErrorReason).filter((name) => name !== "UNSPECIFIED");
  const made = Object.values(errors).map((make) => reasonOf(make()));
  expect(made.toSorted()).toEqual(declared.toSorted());
});
