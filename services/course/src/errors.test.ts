import { reasonOf } from "@coursemesh/platform/errors/service-error.ts";
import { ErrorReason } from "@coursemesh/proto/coursemesh/course/v1/error_reason_pb.ts";
import { expect, it } from "vitest";
import { errors } from "./errors.ts";

it("has exactly the reasons of the contract", () => {
  const reasons = Object.values(errors).map((error) => reasonOf(error()));
  expect(reasons.toSorted()).toEqual(
    Object.keys(ErrorReason)
      .filter((name) => name !== "UNSPECIFIED")
      .toSorted(),
  );
});
