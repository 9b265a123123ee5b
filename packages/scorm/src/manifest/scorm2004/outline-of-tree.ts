import type { ActivityOutline, CourseOutline } from "../../course/course-outline.ts";
import type { ActivityDefinition, ActivityTree } from "../../sequencing/activity-tree.ts";
import { attributeOf, type XmlElement } from "../xml-element.ts";

/** The outline of a SCORM 2004 course: what lists and reports show of it, and the tree that it is played by. */
export function outlineOfTree(manifest: XmlElement, tree: ActivityTree): CourseOutline {
  const { root } = tree;
  return {
    standard: "scorm2004",
    manifestIdentifier: attributeOf(manifest, "identifier")?.trim() ?? "",
    organizationIdentifier: root.identifier,
    title: root.title,
    activities: (root.children ?? []).map(outlineOf),
    tree,
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
