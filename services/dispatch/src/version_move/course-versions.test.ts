import type { CourseOutline, Standard } from "@coursemesh/scorm/course/course-outline.ts";
import { expect, it } from "vitest";
import { differenceOf } from "./course-versions.ts";

function outline(standard: Standard, ...leaves: string[]): CourseOutline {
  const activities = leaves.map((text) => {
    const [identifier = "", type = "sco"] = text.split(":");
    const launch = { href: "i.html", type: type === "asset" ? ("asset" as const) : ("sco" as const) };
    return { identifier, title: identifier, visible: true, launch, children: [] };
  });
  return { standard, manifestIdentifier: "M", organizationIdentifier: "O", title: "", activities };
}

it.each([
  ["keeps what both have", outline("scorm12", "A", "B"), outline("scorm12", "B", "C"), true, ["A"]],
  ["keeps nothing of another kind", outline("scorm12", "A"), outline("scorm12", "A:asset"), false, []],
  ["keeps nothing where nothing is the same", outline("scorm12", "A"), outline("scorm12", "B"), false, ["A"]],
  ["keeps nothing of a sequenced tree", outline("scorm2004", "A"), outline("scorm2004", "A"), false, []],
  ["keeps nothing across standards", outline("scorm12", "A"), outline("scorm2004", "A"), false, []],
  ["keeps nothing of a version that is gone", undefined, outline("scorm12", "A"), false, []],
])("%s", (_, from, to, keepsProgress, lostActivityIds) => {
  expect(differenceOf(from, to)).toEqual({ keepsProgress, lostActivityIds });
});
