import { create } from "@bufbuild/protobuf";
import { StatusCountsSchema } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { expect, it } from "vitest";
import { firstSteps } from "./first-steps.ts";
import { plainKind } from "./plain-kind.ts";

it("ticks the steps that have happened", () => {
  const done = (courseCount: bigint, counts: { registrations: bigint; notLaunched: bigint; complete?: bigint }) =>
    firstSteps({ courseCount, counts: create(StatusCountsSchema, counts) }).map((step) => step.done);
  expect(done(0n, { registrations: 0n, notLaunched: 0n })).toEqual([false, false, false]);
  expect(done(1n, { registrations: 2n, notLaunched: 2n })).toEqual([true, false, false]);
  expect(done(1n, { registrations: 2n, notLaunched: 1n, complete: 1n })).toEqual([true, true, true]);
});

it("has words for a kind of attention it does not know", () => {
  expect(plainKind("session_unsaved")).toBe("Session unsaved");
});
