import { create } from "@bufbuild/protobuf";
import { PreconditionSchema } from "@coursemesh/proto/coursemesh/lrs/v1/document_pb.ts";
import { XapiVersion } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { expect, it } from "vitest";
import { demandsPrecondition, preconditionHolds } from "./precondition.ts";

const present = '"a"';
it.each([
  ["no condition", {}, true, true],
  ["If-Match with the tag", { ifMatch: ['"a"'] }, true, false],
  ["If-Match with one of several tags", { ifMatch: ['"b"', '"a"'] }, true, false],
  ["If-Match with another tag", { ifMatch: ['"b"'] }, false, false],
  ["If-Match with a weak tag", { ifMatch: ['W/"a"'] }, false, false],
  ["If-Match *", { ifMatch: ["*"] }, true, false],
  ["If-None-Match *", { ifNoneMatch: ["*"] }, false, true],
  ["If-None-Match with the tag", { ifNoneMatch: ['"a"'] }, false, true],
  ["If-None-Match with the weak tag", { ifNoneMatch: ['W/"a"'] }, false, true],
  ["If-None-Match with another tag", { ifNoneMatch: ['"b"'] }, true, true],
  ["both, which contradict each other", { ifMatch: ["*"], ifNoneMatch: ["*"] }, false, false],
])("%s (RFC 9110, 13.1)", (_title, fields, whenPresent, whenAbsent) => {
  const precondition = create(PreconditionSchema, fields);
  expect(preconditionHolds(precondition, present)).toBe(whenPresent);
  expect(preconditionHolds(precondition, undefined)).toBe(whenAbsent);
});

it.each([
  ["state", XapiVersion.V1_0_3, false, false],
  ["state", XapiVersion.V2_0_0, true, false],
  ["activityProfile", XapiVersion.V1_0_3, true, true],
  ["agentProfile", XapiVersion.V1_0_3, true, true],
  ["agentProfile", XapiVersion.V2_0_0, true, false],
] as const)("demands a condition to PUT %s in version %s: there %s, absent %s (XAPI-00322, XAPI-00273, XAPI-00287)", (...row) => {
  const [resource, version, whenPresent, whenAbsent] = row;
  expect(demandsPrecondition(resource, version, true)).toBe(whenPresent);
  expect(demandsPrecondition(resource, version, false)).toBe(whenAbsent);
});
