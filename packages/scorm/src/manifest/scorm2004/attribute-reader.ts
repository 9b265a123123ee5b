import type { Report } from "../finding.ts";
import type { XmlElement } from "../xml-element.ts";
import { parseDateTime, parseDuration } from "./schema-time.ts";
import type { Scorm2004RuleId } from "./scorm2004-rules.ts";

/** Reads the attributes of one element. What is not valid is reported and left out, so that the default of the book holds. */
export interface AttributeReader {
  /** The trimmed text; undefined when it is absent or empty. Namespaces are not compared. */
  text(name: string): string | undefined;
  flag(name: string): boolean | undefined;
  number(name: string, least: number, most: number): number | undefined;
  /** A whole number, 0 or more. */
  count(name: string): number | undefined;
  word<Word extends string>(name: string, words: readonly Word[]): Word | undefined;
  /** An `xs:duration` in seconds. */
  duration(name: string): number | undefined;
  /** An `xs:dateTime` in milliseconds since 1970. */
  dateTime(name: string): number | undefined;
}

/** `title` names the activity in the findings. */
export function attributeReader(element: XmlElement, title: string, report: Report<Scorm2004RuleId>): AttributeReader {
  const place = { line: element.line };
  const text = (name: string) => spelledIn(element, name)?.trim() || undefined;
  const wrong = (rule: Scorm2004RuleId, name: string, value: string, allowed = "") => {
    report(rule, { title, element: element.name, name, value, allowed }, place);
    return undefined;
  };
  const number = (name: string, least: number, most: number) => {
    const value = text(name);
    if (value === undefined) return undefined;
    const parsed = /^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(value) ? Number(value) : Number.NaN;
    if (parsed >= least && parsed <= most) return parsed;
    return wrong("scorm2004.attribute.number", name, value, `${least} to ${most}`);
  };
  return {
    text,
    number,
    flag(name) {
      const value = text(name);
      if (value === undefined) return undefined;
      if (value === "true" || value === "1") return true;
      if (value === "false" || value === "0") return false;
      const meant = value.toLowerCase();
      if (meant !== "true" && meant !== "false") return wrong("scorm2004.attribute.flag", name, value);
      wrong("scorm2004.attribute.case", name, value, meant);
      return meant === "true";
    },
    count(name) {
      const value = text(name);
      if (value === undefined) return undefined;
      if (/^\+?\d{1,9}$/.test(value)) return Number(value);
      return wrong("scorm2004.attribute.number", name, value, "0, 1, 2 and so on");
    },
    word(name, words) {
      const value = text(name);
      if (value === undefined) return undefined;
      const exact = words.find((word) => word === value);
      if (exact !== undefined) return exact;
      const meant = words.find((word) => word.toLowerCase() === value.toLowerCase());
      if (meant === undefined) return wrong("scorm2004.attribute.word", name, value, words.join(", "));
      wrong("scorm2004.attribute.case", name, value, meant);
      return meant;
    },
    duration(name) {
      const value = text(name);
      if (value === undefined) return undefined;
      return parseDuration(value) ?? wrong("scorm2004.attribute.duration", name, value);
    },
    dateTime(name) {
      const value = text(name);
      if (value === undefined) return undefined;
      return parseDateTime(value) ?? wrong("scorm2004.attribute.time", name, value);
    },
  };
}

/** An attribute by its local name, otherwise by another spelling in capitals: `objectiveID` is often written `objectiveId`. */
function spelledIn(element: XmlElement, name: string): string | undefined {
  const { attributes } = element;
  const found =
    attributes.find((attribute) => attribute.name === name) ??
    attributes.find((attribute) => attribute.name.toLowerCase() === name.toLowerCase());
  return found?.value;
}
