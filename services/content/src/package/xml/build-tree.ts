import type { XmlAttribute, XmlElement } from "@coursemesh/scorm/manifest/xml-element.ts";
import { XmlCData, XmlComment, XmlElement as XmlElementNode, XmlText, type XmlTreeNode } from "libxml2-wasm";

/** Comments are kept up to these limits: authoring tools name themselves in them. */
const MAX_COMMENTS = 20;
const MAX_COMMENT_LENGTH = 500;

/** Why a tree was not built. */
export class TreeLimit extends Error {
  readonly limit: "depth" | "elements";

  constructor(limit: "depth" | "elements") {
    super(limit);
    this.limit = limit;
  }
}

/** Copies a parsed document into plain data. Throws {@link TreeLimit}. */
export function buildTree(
  root: XmlElementNode,
  maxDepth: number,
  maxElements: number,
): { root: XmlElement; comments: string[] } {
  const comments: string[] = [];
  let elements = 0;

  const copy = (node: XmlElementNode, depth: number): XmlElement => {
    elements += 1;
    if (elements > maxElements) throw new TreeLimit("elements");
    if (depth > maxDepth) throw new TreeLimit("depth");
    const children: XmlElement[] = [];
    let text = "";
    for (let child = node.firstChild; child; child = child.next) {
      if (child instanceof XmlElementNode) children.push(copy(child, depth + 1));
      else if (child instanceof XmlText || child instanceof XmlCData) text += child.content;
      else keepComment(child, comments);
    }
    const attributes = node.attrs.map(
      ({ name, namespaceUri, value }): XmlAttribute => ({ name, namespace: namespaceUri, value }),
    );
    return {
      name: node.name,
      namespace: node.namespaceUri,
      prefix: node.prefix,
      attributes,
      children,
      text,
      line: node.line,
    };
  };

  for (let before = root.prev; before; before = before.prev) keepComment(before, comments);
  return { root: copy(root, 1), comments };
}

function keepComment(node: XmlTreeNode, comments: string[]): void {
  if (!(node instanceof XmlComment) || comments.length >= MAX_COMMENTS) return;
  comments.push(node.content.slice(0, MAX_COMMENT_LENGTH));
}
