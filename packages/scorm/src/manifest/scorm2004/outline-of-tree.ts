import type { ActivityOutline, CourseOutline } from "../../course/course-outline.ts";
import type { ActivityDefinition, ActivityTree } from "../../sequencing/activity-tree.ts";
import { attributeOf, type XmlElement } from "../xml-element.ts";

/** The outline of a SCORM 2004 course: what lists and reports show of it. It is played by its tree. */
export function outlineOfTree(manifest: XmlElement, { root }: ActivityTree): CourseOutline {
  return {
    standard: "scorm2004",
    manifestIdentifier: attributeOf(manifest, "identifier")?.trim() ?? "",
    organizationIdentifier: root.identifier,
    title: root.title,
    activities: (root.children ?? []).map(outlineOf),
  };
}

function outlineOf({
  identifier,
  title,
  visible = true,
  resource,
  children = [],
}: ActivityDefinition): ActivityOutline {
  return { identifier, title, visible, ...(resource ? { launch: resource } : {}), children: children.map(outlineOf) };
}
