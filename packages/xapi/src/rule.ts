import { type Check, shown } from "./check.ts";

/** Looks at one value in its place and reports what is wrong with it. */
export type Rule = (check: Check, value: unknown) => void;

/** The properties of an object of some kind. */
export interface Shape {
  /** What the object is called in messages, with its article. */
  readonly name: string;
  readonly properties: ReadonlyMap<string, Rule>;
  /** The properties it must have, each with the requirement that says so. */
  readonly required?: readonly (readonly [key: string, requirement: string])[];
  /** The requirement that a property of another name breaks; XAPI-00010 unless it has one of its own. */
  readonly others?: string;
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Reports a value of the wrong type. `null` has a requirement of its own, wherever it stands. */
export function reportType(check: Check, value: unknown, requirement: string, expected: string): void {
  if (value === null)
    check.report("XAPI-00001", `must not be null; ${expected} is expected, or leave the property out`);
  else check.report(requirement, `must be ${expected}, not ${shown(value)}`);
}

/** A string that passes a test. */
export function text(
  requirement: string,
  expected = "a string",
  passes?: (text: string, check: Check) => boolean,
): Rule {
  return (check, value) => {
    if (typeof value !== "string") reportType(check, value, requirement, expected);
    else if (passes && !passes(value, check)) check.report(requirement, `must be ${expected}, not ${shown(value)}`);
  };
}

export function boolean(requirement: string): Rule {
  return (check, value) => {
    if (typeof value !== "boolean") reportType(check, value, requirement, "true or false");
  };
}

export function number(requirement: string): Rule {
  return (check, value) => {
    if (typeof value !== "number") reportType(check, value, requirement, "a number");
  };
}

/** One of a few words, spelt exactly so. */
export function word(requirement: string, words: readonly string[]): Rule {
  const known: ReadonlySet<unknown> = new Set(words);
  const expected = words.map((one) => `"${one}"`).join(words.length > 2 ? ", " : " or ");
  return (check, value) => {
    if (known.has(value)) return;
    if (typeof value !== "string") {
      reportType(check, value, requirement, expected);
      return;
    }
    const meant = value.length < 100 && words.find((one) => one.toLowerCase() === value.toLowerCase());
    if (meant) check.report("XAPI-00009", `must be spelt "${meant}", not ${shown(value)}`);
    else check.report(requirement, `must be ${expected}, not ${shown(value)}`);
  };
}

/** An array whose elements follow a rule. */
export function list(requirement: string, expected: string, element: Rule, least = 0): Rule {
  return (check, value) => {
    if (!Array.isArray(value)) {
      reportType(check, value, requirement, expected);
      return;
    }
    if (value.length < least) check.report(requirement, `must be ${expected}, and not empty`);
    for (let at = 0; at < value.length && !check.full; at++) {
      check.enter(at);
      element(check, value[at]);
      check.leave();
    }
  };
}

/** An object of one shape. `also` looks at properties together. */
export function object(requirement: string, shape: Shape, also?: (check: Check, value: JsonObject) => void): Rule {
  return (check, value) => {
    if (!isObject(value)) {
      reportType(check, value, requirement, shape.name);
      return;
    }
    checkShape(check, value, shape);
    also?.(check, value);
  };
}

/** Looks at every property of an object, and for those that are not there. */
export function checkShape(check: Check, value: JsonObject, shape: Shape): void {
  for (const key in value) {
    const rule = shape.properties.get(key);
    check.enter(key);
    if (rule) rule(check, value[key]);
    else reportKey(check, key, shape);
    check.leave();
    if (check.full) return;
  }
  if (!shape.required) return;
  for (const [key, requirement] of shape.required) {
    if (value[key] === undefined) check.report(requirement, `${shape.name} needs the property "${key}"`);
  }
}

function reportKey(check: Check, key: string, shape: Shape): void {
  const lower = key.length < 100 ? key.toLowerCase() : "";
  const meant = [...shape.properties.keys()].find((known) => known.toLowerCase() === lower);
  if (meant) check.report("XAPI-00008", `the property is spelt "${meant}", not ${shown(key)}`);
  else check.report(shape.others ?? "XAPI-00010", `${shape.name} has no property ${shown(key)}`);
}

/** Looks at one property of an object, at its place. */
export function at(check: Check, key: string, look: () => void): void {
  check.enter(key);
  look();
  check.leave();
}
