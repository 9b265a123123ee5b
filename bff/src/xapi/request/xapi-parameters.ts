import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { requestRefused } from "../xapi-errors.ts";
import { readTime } from "./exact-time.ts";

/** Checked query parameters. Every reader throws QUERY_INVALID naming the parameter when its text is not of the type. */
export interface XapiParameters {
  /** Names that were given. */
  readonly names: readonly string[];
  text(name: string): string | undefined;
  /** @param requirement the one that demands the parameter. */
  required(name: string, requirement: string): string;
  /** An absolute IRI. */
  iri(name: string): string | undefined;
  /** In lower case. */
  uuid(name: string): string | undefined;
  /** False when absent. */
  flag(name: string): boolean;
  /** A whole number from 0 up, 0 when absent. */
  count(name: string): number;
  time(name: string): Timestamp | undefined;
  choice<Choice extends string>(name: string, choices: readonly Choice[], absent: Choice): Choice;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const ABSOLUTE_IRI = /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i;

/**
 * Reads parameters strictly.
 * @param given by name. @param allowed the only names there are.
 * @throws QUERY_INVALID for a name that is unknown (XAPI-00324), differs in case (XAPI-00325) or comes twice.
 */
export function xapiParameters(given: Readonly<Record<string, unknown>>, allowed: readonly string[]): XapiParameters {
  const values = new Map<string, string>();
  for (const [name, value] of Object.entries(given)) {
    if (!allowed.includes(name)) throw unknownParameter(name, allowed);
    if (typeof value !== "string") throw requestRefused("parameter-once", name, `${name} is given more than once`);
    values.set(name, value);
  }
  const text = (name: string): string | undefined => values.get(name);
  const matching = (name: string, pattern: RegExp, what: string): string | undefined => {
    const value = text(name);
    if (value !== undefined && !pattern.test(value)) throw invalid(name, `must be ${what}`);
    return value;
  };
  return {
    names: [...values.keys()],
    text,
    required(name, requirement) {
      const value = text(name);
      if (!value) throw requestRefused(requirement, name, `the parameter ${name} is missing`);
      return value;
    },
    iri: (name) => matching(name, ABSOLUTE_IRI, "an absolute IRI"),
    uuid: (name) => matching(name, UUID, "a UUID")?.toLowerCase(),
    flag: (name) => matching(name, /^(?:true|false)$/, "true or false") === "true",
    count: (name) => Number(matching(name, /^\d{1,9}$/, "a whole number from 0 up") ?? 0),
    time(name) {
      const value = text(name);
      if (value === undefined) return undefined;
      const time = readTime(value);
      if (time === undefined) throw invalid(name, "must be a time in ISO 8601");
      return time;
    },
    choice(name, choices, absent) {
      const value = text(name);
      if (value === undefined) return absent;
      const found = choices.find((choice) => choice === value);
      if (found === undefined) throw invalid(name, `must be one of ${choices.join(", ")}`);
      return found;
    },
  };
}

function invalid(name: string, what: string): Error {
  return requestRefused(`parameter-${name}`, name, `${name} ${what}`);
}

function unknownParameter(name: string, allowed: readonly string[]): Error {
  const shown = name.slice(0, 60);
  const meant = allowed.find((one) => one.toLowerCase() === name.toLowerCase());
  return meant === undefined
    ? requestRefused("XAPI-00324", shown, `there is no parameter ${shown} here`)
    : requestRefused("XAPI-00325", shown, `the parameter is called ${meant}`);
}
