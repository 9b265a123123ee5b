import { element } from "./element.ts";

/** A sentence of the catalogue as nodes: titles inside it are emphasised and keep their own writing direction. */
export function sentence(text: string): readonly (Node | string)[] {
  return text
    .split(/(\u2068[^\u2069]*\u2069)/)
    .filter((part) => part !== "")
    .map((part) => (part.startsWith("\u2068") ? element("em", { dir: "auto" }, part.slice(1, -1)) : part));
}

/** The sentence without marks, for attributes and announcements. */
export function plain(text: string): string {
  return text.replaceAll(/[\u2068\u2069]/g, "");
}
