import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  FindingRowSchema,
  ImportReportViewSchema,
  type ImportRow,
  ImportRowSchema,
} from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { courses } from "./course-fixtures.ts";
import { fixtureId, minutesAgo } from "./ids.ts";

const findings = [
  create(FindingRowSchema, {
    rule: "scorm12.organization.default.unknown",
    severity: "warning",
    message: "The default organization “ORG9” does not exist",
    effect: "Nothing changes: the only organization in the manifest is played.",
    fix: 'Write default="ORG1" on the organizations element, or leave the attribute out.',
    file: "imsmanifest.xml",
    line: 14,
    clause: "SCORM 1.2 CAM, 2.3.2.2",
  }),
  create(FindingRowSchema, {
    rule: "scorm12.masteryscore.range",
    severity: "warning",
    message: "The mastery score 120 is not between 0 and 100",
    effect: "The course decides by itself who passes; the mastery score is not used.",
    fix: "Write a decimal from 0 to 100 in adlcp:masteryscore.",
    file: "imsmanifest.xml",
    line: 88,
    clause: "SCORM 1.2 CAM, 2.3.2.5",
  }),
  create(FindingRowSchema, {
    rule: "package.file.unlisted",
    severity: "note",
    message: "17 files are in the package but in no resource",
    effect: "They are kept and can be loaded by the course.",
    fix: "Nothing needs to be done; authoring tools often leave them out.",
    file: "imsmanifest.xml",
  }),
];

const report = (verdict: string, list: typeof findings) =>
  create(ImportReportViewSchema, {
    verdict,
    findings: list,
    standard: "SCORM 1.2",
    authoringTool: "Articulate Storyline 3",
    activityCount: 6,
    fileCount: 217,
    sizeBytes: 19_450_000n,
    durationSeconds: 2.4,
    checkedRules: [
      "manifest.root",
      "manifest.namespace",
      "scorm12.organization.default.unknown",
      "scorm12.item.identifierref",
    ],
  });

const blocker = create(FindingRowSchema, {
  rule: "scorm12.resource.href.missing",
  severity: "error",
  message: "“content/start.html” is not in the package",
  effect: "Learners would see an empty page instead of the course.",
  fix: "Export the course again and upload the zip the tool writes, unchanged.",
  file: "imsmanifest.xml",
  line: 41,
  clause: "SCORM 1.2 CAM, 2.3.2.3",
});

function row(
  number: number,
  state: string,
  source: string,
  more: MessageInitShape<typeof ImportRowSchema> = {},
): ImportRow {
  return create(ImportRowSchema, {
    id: fixtureId("e", number),
    state,
    source,
    bytesDone: 19_450_000n,
    bytesTotal: 19_450_000n,
    filesDone: 217,
    filesTotal: 217,
    createTime: minutesAgo(number * 34),
    endTime: minutesAgo(number * 34 - 1),
    createdBy: "Ana Petrova",
    ...more,
  });
}

export const imports: ImportRow[] = [
  row(1, "complete", "data-protection-2026.zip", {
    report: report("ready_with_notes", findings),
    courseId: courses[0]?.id ?? "",
  }),
  row(2, "failed", "forklift_final_v2(1).zip", {
    report: report("not_playable", [blocker, ...findings.slice(0, 1)]),
    errorMessage: "The package cannot be played.",
  }),
  row(3, "complete", "https://files.example.org/phishing.zip", {
    report: report("ready", []),
    courseId: courses[1]?.id ?? "",
  }),
  row(4, "reading", "working-at-height.zip", { filesDone: 120, endTime: 0n }),
];

/** An import that an upload made; it goes through its stages while it is watched. */
export function startedImport(id: string, source: string): ImportRow {
  const made = row(1, "queued", source, { bytesDone: 0n, filesDone: 0, endTime: 0n });
  made.id = id;
  return made;
}

/** The same import when it has ended well. */
export function endedImport(started: ImportRow): ImportRow {
  return create(ImportRowSchema, {
    ...started,
    state: "complete",
    bytesDone: started.bytesTotal,
    filesDone: started.filesTotal,
    report: report("ready_with_notes", findings),
    courseId: courses[1]?.id ?? "",
    endTime: minutesAgo(0),
  });
}
