import type { XmlElement } from "@coursemesh/scorm/manifest/xml-element.ts";

/** What the XML process is asked. */
export interface XmlTask {
  /** Decoded, DOCTYPE-free text, see `decodeXml`. */
  readonly text: string;
  readonly maxDepth: number;
  readonly maxElements: number;
}

/** What the XML process answers. */
export type XmlTaskResult =
  | {
      readonly kind: "parsed";
      readonly root: XmlElement;
      readonly comments: readonly string[];
      readonly problems: readonly SchemaProblem[];
    }
  | { readonly kind: "malformed"; readonly detail: string; readonly line: number }
  | { readonly kind: "doctype" | "depth" | "elements" };

/** One place where a document does not follow its schema. */
export interface SchemaProblem {
  readonly detail: string;
  readonly line: number;
  /** An element or attribute of a vocabulary that the schemas do not know. */
  readonly extension: boolean;
}
