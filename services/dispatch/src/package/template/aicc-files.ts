import { oneLine } from "./escape-text.ts";
import type { PackageSettings, TemplateFile } from "./package-settings.ts";

/** AICC CMI001, 5.1: what the values of a course file may hold. */
const TITLE_LENGTH = 100;
const DESCRIPTION_LENGTH = 4_000;
const UNIT = "A1";

/**
 * The four files of an AICC course with one assignable unit (CMI001, appendix A). The unit is an address of ours: there is no page in the
 * host, and results go from server to server. Package and signature stand in its path, because hosts append their own query as they like.
 */
export function aiccFiles(settings: PackageSettings): readonly TemplateFile[] {
  const { gateway, dispatchId, packageId, signature, versionText } = settings;
  const title = plain(settings.title, TITLE_LENGTH);
  const description = plain(settings.description, DESCRIPTION_LENGTH) || title;
  const course = [
    "[Course]",
    "Course_Creator=Coursemesh",
    `Course_ID=dispatch-${dispatchId}`,
    "Course_System=Coursemesh",
    `Course_Title=${title}`,
    "Level=1",
    "Max_Fields_CST=2",
    "Max_Fields_ORT=0",
    "Total_AUs=1",
    "Total_Blocks=0",
    "Total_Objectives=0",
    "Total_Complex_Objectives=0",
    "Version=4.0",
    "[Course_Behavior]",
    "Max_Normal=1",
    "[Course_Description]",
    // A line that begins with a bracket would begin a group.
    description.replace(/^\[/, "("),
  ];
  const address = `${gateway}/dispatch/v1/aicc/${dispatchId}/${packageId}/${signature}`;
  const units = [
    [
      "System_ID",
      "Type",
      "Command_Line",
      "Max_Time_Allowed",
      "Time_Limit_Action",
      "File_Name",
      "Max_Score",
      "Mastery_Score",
      "System_Vendor",
      "Core_Vendor",
      "Web_Launch",
      "AU_Password",
    ],
    [UNIT, "Lesson", "", "", "", address, "100", "", "Coursemesh", "", "", ""],
  ];
  const descriptors = [
    ["System_ID", "Developer_ID", "Title", "Description"],
    [UNIT, plain(versionText, 255) || `dispatch-${dispatchId}`, title, description],
  ];
  const structure = [
    ["Block", "Member"],
    ["root", UNIT],
  ];
  return [
    { path: "course.crs", bytes: lines(course) },
    { path: "course.au", bytes: table(units) },
    { path: "course.des", bytes: table(descriptors) },
    { path: "course.cst", bytes: table(structure) },
  ];
}

/** A value for quoted fields, which know no escape. */
function plain(text: string, length: number): string {
  return oneLine(text.toWellFormed().replaceAll('"', "'"), length);
}

function table(rows: readonly (readonly string[])[]): Buffer {
  return lines(rows.map((row) => row.map((field) => `"${field}"`).join(",")));
}

function lines(all: readonly string[]): Buffer {
  return Buffer.from(`${all.join("\r\n")}\r\n`);
}
