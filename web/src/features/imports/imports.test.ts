import { create } from "@bufbuild/protobuf";
import {
  FindingRowSchema,
  ImportReportViewSchema,
  ImportRowSchema,
} from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { expect, it } from "vitest";
import { importPercent } from "./import-state.ts";
import { vendorText } from "./vendor-text.ts";

it("measures fetching by bytes and the later stages by files", () => {
  const numbers = { bytesDone: 50n, bytesTotal: 200n, filesDone: 9, filesTotal: 10 };
  expect(importPercent({ state: "fetching", ...numbers })).toBe(25);
  expect(importPercent({ state: "publishing", ...numbers })).toBe(90);
  expect(
    importPercent({ state: "queued", bytesDone: 0n, bytesTotal: 0n, filesDone: 0, filesTotal: 0 }),
  ).toBeUndefined();
});

it("names file, line and rule of each finding for the vendor", () => {
  const report = create(ImportReportViewSchema, {
    verdict: "ready_with_notes",
    standard: "SCORM 1.2",
    findings: [
      create(FindingRowSchema, {
        rule: "scorm12.mastery.range",
        severity: "warning",
        message: "The mastery score is 120",
        effect: "Nobody can pass",
        file: "imsmanifest.xml",
        line: 88,
      }),
    ],
  });
  const text = vendorText(create(ImportRowSchema, { source: "quiz.zip" }), report);
  expect(text).toContain("1. [warning] The mastery score is 120\n   at imsmanifest.xml:88\n   Effect: Nobody can pass");
  expect(text).toContain("Authoring tool: not detected");
});
