import { childOf, childOfAnyCase, childrenOf, textOf, type XmlElement } from "./xml-element.ts";

/** What the learning object metadata (LOM) of a manifest says about the course, as far as it was given. */
export interface CourseMetadata {
  readonly title?: string;
  readonly description?: string;
  readonly keywords: readonly string[];
  /** `typicallearningtime` as written, ISO 8601 (`PT1H`) or a clock time. */
  readonly typicalLearningTime?: string;
}

/** Reads `metadata/lom` (or the older `record`) of an element; everything is optional and nothing here is an error. */
export function readCourseMetadata(element: XmlElement): CourseMetadata {
  const metadata = childOf(element, "metadata");
  const lom = metadata && (childOf(metadata, "lom") ?? childOf(metadata, "record"));
  const general = lom && childOf(lom, "general");
  const educational = lom && childOf(lom, "educational");
  const keywords = general
    ? childrenOf(general, "keyword")
        .map(words)
        .filter((word) => word !== undefined)
    : [];
  return {
    ...optional("title", words(general && childOf(general, "title"))),
    ...optional("description", words(general && childOf(general, "description"))),
    keywords,
    ...optional("typicalLearningTime", words(educational && childOfAnyCase(educational, "typicallearningtime"))),
  };
}

/** Text of a LOM value, which SCORM 1.2 wraps in `langstring` or `datetime` and SCORM 2004 in `string` or `duration`. */
function words(element: XmlElement | undefined): string | undefined {
  if (!element) return undefined;
  const inner = element.children.find((child) => ["langstring", "string", "datetime", "duration"].includes(child.name));
  return textOf(inner) ?? textOf(element);
}

function optional<K extends string>(key: K, value: string | undefined): { readonly [P in K]?: string } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: string };
}
