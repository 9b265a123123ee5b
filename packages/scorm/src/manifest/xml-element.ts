/** A parsed XML element as plain data: made by the content service, read by the rules here, safe to send between threads. */
export interface XmlElement {
  /** Local name, without prefix. */
  readonly name: string;
  /** Namespace URI, empty when the element has none. */
  readonly namespace: string;
  readonly prefix: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  /** Character data directly inside the element (text and CDATA joined), untrimmed. */
  readonly text: string;
  /** Line of the start tag in the file, from 1. */
  readonly line: number;
}

/** One attribute; namespace declarations are not attributes. */
export interface XmlAttribute {
  readonly name: string;
  readonly namespace: string;
  readonly value: string;
}

const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";

/**
 * Children with a local name. The namespace is not compared: courses that declare a wrong one are common and playable,
 * and the rule `manifest.namespace` tells about it.
 */
export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** The first child with a local name. */
export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name);
}

/** The first child whose local name is equal except for the case of letters. */
export function childOfAnyCase(element: XmlElement, name: string): XmlElement | undefined {
  return childOf(element, name) ?? element.children.find((child) => child.name.toLowerCase() === name.toLowerCase());
}

/** Follows first children by local names. */
export function descend(element: XmlElement, ...names: string[]): XmlElement | undefined {
  let found: XmlElement | undefined = element;
  for (const name of names) found = found && childOf(found, name);
  return found;
}

/** Trimmed text of an element with inner white space folded, `undefined` when there is none. */
export function textOf(element: XmlElement | undefined): string | undefined {
  return element?.text.replace(/\s+/g, " ").trim() || undefined;
}

/** Longer titles are cut: SCORM allows 200 characters, and a hostile one must not fill a page. */
const MAX_TITLE = 500;

/** The `title` of an organization or an item, `undefined` when it has none. */
export function titleOf(element: XmlElement): string | undefined {
  const title = textOf(childOf(element, "title"));
  return title !== undefined && title.length > MAX_TITLE ? `${title.slice(0, MAX_TITLE)}…`.toWellFormed() : title;
}

/** Value of an attribute without a namespace. */
export function attributeOf(element: XmlElement, name: string): string | undefined {
  return element.attributes.find((attribute) => attribute.name === name && attribute.namespace === "")?.value;
}

/** `xml:base` of an element. */
export function xmlBaseOf(element: XmlElement): string | undefined {
  return element.attributes.find((attribute) => attribute.name === "base" && attribute.namespace === XML_NAMESPACE)
    ?.value;
}

/** Every element of a tree in document order, the root first. */
export function* walk(element: XmlElement): Generator<XmlElement> {
  yield element;
  for (const child of element.children) yield* walk(child);
}
