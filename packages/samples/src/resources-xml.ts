import { escapeXml } from "./escape-xml.ts";

/** The part of an item that its resource is written from. */
export interface ResourceItem {
  readonly identifier: string;
  /** File in the package, with a query if need be; a heading has none. */
  readonly href?: string;
  /** Default `sco`. */
  readonly type?: "sco" | "asset";
}

/** All items that open something, in their order. */
export function leavesOf<Item extends ResourceItem & { readonly items?: readonly Item[] }>(item: Item): Item[] {
  return (item.href ? [item] : []).concat((item.items ?? []).flatMap((child) => leavesOf(child)));
}

/** The identifier of an item's resource. */
export function resourceId({ identifier }: ResourceItem): string {
  return `resource-${identifier}`;
}

/**
 * A resource for each leaf. Every file is listed with the first one; the others depend on it, so that no file is listed twice. `attribute` is the
 * standard's spelling of the SCORM type.
 */
export function resourcesXml(
  leaves: readonly ResourceItem[],
  files: readonly string[],
  attribute: "scormtype" | "scormType",
): string {
  const [first] = leaves;
  return leaves
    .map((leaf) => {
      const href = leaf.href ?? "";
      const own = leaf === first ? files : [href.replace(/[?#].*$/, "")];
      const listed = own.map((file) => `      <file href="${escapeXml(encodeURI(file))}"/>\n`).join("");
      const dependency =
        leaf === first || !first ? "" : `      <dependency identifierref="${escapeXml(resourceId(first))}"/>\n`;
      return `    <resource identifier="${escapeXml(resourceId(leaf))}" type="webcontent" adlcp:${attribute}="${leaf.type ?? "sco"}" href="${escapeXml(href)}">\n${listed}${dependency}    </resource>\n`;
    })
    .join("");
}
