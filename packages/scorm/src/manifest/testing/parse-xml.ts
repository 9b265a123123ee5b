import type { XmlAttribute, XmlElement } from "../xml-element.ts";

const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<\/[^>]*>|<([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|[^<]+/g;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

type Growing = { -readonly [P in keyof XmlElement]: XmlElement[P] } & { children: Growing[] };
type Scope = ReadonlyMap<string, string>;

/**
 * Reads well-formed XML without a DOCTYPE, for tests of this package: the product's parser belongs to the content service.
 * Throws for what it does not understand.
 */
export function parseXml(text: string): XmlElement {
  const open: { element: Growing; scope: Scope }[] = [];
  let root: Growing | undefined;
  let line = 1;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  TOKEN.lastIndex = at;
  for (let token = TOKEN.exec(text); token !== null; token = TOKEN.exec(text)) {
    if (token.index !== at) throw new Error(`line ${line}: ${text.slice(at, at + 40)}`);
    const [whole, cdata, name, attributes = "", empty] = token;
    at += whole.length;
    const parent = open.at(-1);
    if (name !== undefined) {
      const { element, scope } = startTag(name, attributes, line, parent?.scope ?? new Map([["xml", XML]]));
      if (parent) parent.element.children.push(element);
      else root ??= element;
      if (!empty) open.push({ element, scope });
    } else if (whole.startsWith("</")) open.pop();
    else if (parent && cdata !== undefined) parent.element.text += cdata;
    else if (parent && !whole.startsWith("<")) parent.element.text += decode(whole);
    line += whole.split("\n").length - 1;
  }
  if (root === undefined || open.length > 0 || at !== text.length) throw new Error(`line ${line}: not well-formed`);
  return root;
}

const XML = "http://www.w3.org/XML/1998/namespace";

function startTag(name: string, written: string, line: number, outer: Scope): { element: Growing; scope: Scope } {
  const pairs = [...written.matchAll(ATTRIBUTE)].map(
    ([, key = "", double, single]) => [key, decode(double ?? single ?? "")] as const,
  );
  const scope = new Map(outer);
  for (const [key, value] of pairs) {
    if (key === "xmlns") scope.set("", value);
    else if (key.startsWith("xmlns:")) scope.set(key.slice("xmlns:".length), value);
  }
  const [prefix, local] = split(name);
  const attributes = pairs
    .filter(([key]) => key !== "xmlns" && !key.startsWith("xmlns:"))
    .map(([key, value]): XmlAttribute => {
      const [space, attribute] = split(key);
      return { name: attribute, namespace: space === "" ? "" : (scope.get(space) ?? ""), value };
    });
  const namespace = scope.get(prefix) ?? "";
  return { element: { name: local, prefix, namespace, attributes, children: [], text: "", line }, scope };
}

function split(name: string): readonly [prefix: string, local: string] {
  const colon = name.indexOf(":");
  return colon < 0 ? ["", name] : [name.slice(0, colon), name.slice(colon + 1)];
}

function decode(text: string): string {
  return text.replace(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (name.startsWith("#x")) return String.fromCodePoint(Number.parseInt(name.slice(2), 16));
    return name.startsWith("#") ? String.fromCodePoint(Number(name.slice(1))) : (ENTITIES[name] ?? whole);
  });
}
