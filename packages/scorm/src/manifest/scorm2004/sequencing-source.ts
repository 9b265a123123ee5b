import { attributeOf, childrenOf, walk, type XmlElement } from "../xml-element.ts";
import { isAdlSequencing } from "./edition.ts";
import type { Scorm2004Report } from "./scorm2004-rules.ts";

/** The `imsss:sequencing` elements that activities may refer to, by their `ID`. */
export type SequencingCollection = ReadonlyMap<string, XmlElement>;

/** Indexes the `sequencingCollection`; the first of two equal IDs counts. */
export function readSequencingCollection(manifest: XmlElement, report: Scorm2004Report): SequencingCollection {
  const collection = new Map<string, XmlElement>();
  for (const parent of walk(manifest)) {
    if (parent.name !== "sequencingCollection") continue;
    for (const element of childrenOf(parent, "sequencing")) {
      const id = attributeOf(element, "ID")?.trim() ?? "";
      if (id === "") continue;
      if (collection.has(id)) report("scorm2004.sequencing.id.duplicate", { id }, { line: element.line });
      else collection.set(id, element);
    }
  }
  return collection;
}

/** The parts of an activity's sequencing, wherever they stand. */
export interface SequencingSource {
  /** The first part of a name, of the IMS vocabulary or of ADL's. */
  part(name: string, vocabulary?: "ims" | "adl"): XmlElement | undefined;
}

/**
 * The sequencing of an organization or item with that of the collection it refers to: what the activity says itself wins, part by part
 * (IMS SS binding 3.1). Undefined when there is none.
 */
export function sequencingSource(
  activity: XmlElement,
  title: string,
  collection: SequencingCollection,
  report: Scorm2004Report,
): SequencingSource | undefined {
  const own = childrenOf(activity, "sequencing")[0];
  if (own === undefined) return undefined;
  const reference = attributeOf(own, "IDRef")?.trim();
  const shared = reference ? collection.get(reference) : undefined;
  if (reference && shared === undefined) {
    report("scorm2004.sequencing.idref.unknown", { title, reference }, { line: own.line });
  }
  return {
    part(name, vocabulary = "ims") {
      const fits = (element: XmlElement) =>
        element.name === name && (name !== "objectives" || isAdlSequencing(element) === (vocabulary === "adl"));
      return own.children.find(fits) ?? shared?.children.find(fits);
    },
  };
}
