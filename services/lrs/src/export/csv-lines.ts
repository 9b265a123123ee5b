import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { pickLanguage } from "@coursemesh/xapi/language-range.ts";
import type { LanguageMap } from "@coursemesh/xapi/statement.ts";
import { readColumnPath, valueAt } from "./column-path.ts";

/** The columns of a file when nobody asks for others. */
const USUAL_COLUMNS = [
  "id",
  "stored",
  "timestamp",
  "actor",
  "verb.id",
  "object.id",
  "object.definition.name",
  "result.completion",
  "result.success",
  "result.score.scaled",
  "result.score.raw",
  "result.duration",
  "result.response",
  "context.registration",
] as const;

/** Writes statements as lines of a CSV (RFC 4180). */
export interface CsvLines {
  readonly header: string;
  line(statement: unknown): string;
}

/**
 * @param columns JSON paths; none for the usual ones.
 * @param timeZone IANA name in which times are told; empty for UTC.
 * @throws QUERY_INVALID, FIELD_INVALID
 */
export function csvLines(columns: readonly string[], timeZone: string): CsvLines {
  const titles = columns.length > 0 ? columns : USUAL_COLUMNS;
  const paths = titles.map(readColumnPath);
  const inZone = timeZone === "" ? (text: string) => text : zoned(timeZone);
  const write = (statement: unknown, path: (typeof paths)[number]): string => {
    const value = valueAt(statement, path);
    const isTime = path.length === 1 && (path[0] === "stored" || path[0] === "timestamp");
    return cell(isTime && typeof value === "string" ? inZone(value) : value);
  };
  return {
    header: `${titles.map(cell).join(",")}\r\n`,
    line: (statement) => `${paths.map((path) => write(statement, path)).join(",")}\r\n`,
  };
}

/** What spreadsheets take for a formula, and would carry out. */
const FORMULA = /^[=+\-@\t\r\n|%＝＋－＠]/;

/** One cell. Texts that a spreadsheet would carry out begin with an apostrophe; numbers and the like are what they are. */
function cell(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  const text = typeof value === "string" ? value : objectText(value as object);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n;]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Agents by what identifies them, language maps by one of their texts, all else as JSON. */
function objectText(value: object): string {
  if ("mbox" in value && typeof value.mbox === "string") return value.mbox.replace(/^mailto:/, "");
  if ("account" in value) {
    const { name, homePage } = (value.account ?? {}) as { name?: unknown; homePage?: unknown };
    if (typeof name === "string" && typeof homePage === "string") return `${name} (${homePage})`;
  }
  const texts = Object.values(value);
  const isMap = texts.length > 0 && !Array.isArray(value) && texts.every((text) => typeof text === "string");
  if (!isMap || "objectType" in value || "id" in value) return JSON.stringify(value);
  return Object.values(pickLanguage(value as LanguageMap, "en"))[0] ?? "";
}

/** Times in a zone, as `2026-11-20T15:06:01.123+01:00`. @throws FIELD_INVALID */
function zoned(timeZone: string): (text: string) => string {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-CA", {
      ...{ timeZone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit" },
      ...{ minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3, timeZoneName: "longOffset" },
    } as Intl.DateTimeFormatOptions);
  } catch {
    throw fieldInvalid("time_zone", "is no time zone");
  }
  return (text) => {
    const time = Date.parse(text);
    if (Number.isNaN(time)) return text;
    const parts = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]));
    const { year, month, day, hour, minute, second, fractionalSecond, timeZoneName = "GMT" } = parts;
    const offset = timeZoneName === "GMT" ? "Z" : timeZoneName.slice(3);
    return `${year}-${month}-${day}T${hour}:${minute}:${second}.${fractionalSecond}${offset}`;
  };
}
