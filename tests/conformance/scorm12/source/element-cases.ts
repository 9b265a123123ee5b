import type { Case, CaseCall } from "../case-form.ts";
import { finish, get, getFails, getSet, initialize, leaving, set, setFails } from "./calls.ts";
import { type ElementFacts, elements } from "./elements.ts";

const notRunning = "RTE 3.3.4, error 301: the API must be initialized";

/** Three cases an element: reading it, writing it, and asking for its keywords. */
export const elementCases: readonly Case[] = elements.flatMap((facts) => [
  reading(facts),
  writing(facts),
  ...(facts.access === "keyword" ? [] : [asking(facts)]),
]);

/** `cmi.objectives.0.score.raw` becomes `objectives-n-score-raw`. */
function slug(element: string): string {
  return element.replace("cmi.", "").replaceAll(/\d+/g, "n").replaceAll(/[._]+/g, "-");
}

function clause({ element }: ElementFacts): string {
  return `RTE 3.4.4, ${element.replaceAll(/\.\d+/g, ".n")}`;
}

function built(facts: ElementFacts, what: string, about: string, calls: readonly CaseCall[]): Case {
  const marked = facts.optional
    ? calls.map((call) => (call.element?.startsWith(facts.element) ? { ...call, optional: true } : call))
    : calls;
  return {
    name: `element-${slug(facts.element)}-${what}`,
    about,
    launches: [{ activity: 1, ...leaving("Exit"), calls: marked }],
  };
}

function reading(facts: ElementFacts): Case {
  const { element } = facts;
  return built(facts, "read", `LMSGetValue of ${element} before, in and after a session`, [
    getFails(element, "301", notRunning),
    initialize(),
    ...firstAnswer(facts),
    finish(),
    getFails(element, "301", notRunning),
  ]);
}

function firstAnswer(facts: ElementFacts): CaseCall[] {
  const { element, first, access } = facts;
  if (access === "write-only") return [getFails(element, "404", `${clause(facts)}: write only`)];
  if (first === undefined) return [];
  if (first === "some") {
    return [
      {
        method: "LMSGetValue",
        element,
        returnsNonEmpty: true,
        error: "0",
        why: `SCORM 1.2 ${clause(facts)}: initialized by the LMS`,
      },
    ];
  }
  if (typeof first === "string") return [get(element, first, `${clause(facts)}: initial value`)];
  if ("set" in first) return [getSet(element, first.set, `${clause(facts)}: names of all supported elements`)];
  return [getFails(element, "201", `${clause(facts)}: an index beyond the end of the list is an invalid argument`)];
}

function writing(facts: ElementFacts): Case {
  const { element, access } = facts;
  const value = facts.valid[0] ?? facts.invalid[0] ?? "x";
  return built(facts, "write", `LMSSetValue of ${element} (${facts.type}, ${access}) before, in and after a session`, [
    setFails(element, value, "301", notRunning),
    initialize(),
    ...attempts(facts),
    finish(),
    setFails(element, value, "301", notRunning),
  ]);
}

function attempts(facts: ElementFacts): CaseCall[] {
  const { element, access, valid, invalid } = facts;
  const why = clause(facts);
  if (access === "keyword") return [setFails(element, "x", "402", `${why}: a keyword cannot be set`)];
  if (access === "read-only") {
    return [...invalid.map((value) => setFails(element, value, "403", `${why}: read only`)), ...firstAnswer(facts)];
  }
  const last = valid.at(-1) ?? "";
  return [
    ...valid.flatMap((value) => [
      set(element, value, `${why}: ${facts.type}`),
      access === "read/write"
        ? get(element, value, `${why}: returns what was set`)
        : getFails(element, "404", `${why}: write only`),
    ]),
    ...invalid.flatMap((value) => [
      setFails(element, value, "405", `${why}: not a ${facts.type}`),
      ...(access === "read/write" ? [get(element, last, `${why}: a refused value changes nothing`)] : []),
    ]),
  ];
}

/** A leaf has neither children nor a count, whatever its access. */
function asking(facts: ElementFacts): Case {
  const { element, valid } = facts;
  const listItem = /\.0\./.test(element);
  return built(facts, "keywords", `_children and _count asked of ${element}`, [
    initialize(),
    ...(listItem ? [set(element, valid[0] ?? "x", `${clause(facts)}: ${facts.type}`)] : []),
    getFails(`${element}._children`, "202", "RTE 3.3.4, error 202: the element cannot have children"),
    getFails(`${element}._count`, "203", "RTE 3.3.4, error 203: the element is not an array"),
    setFails(`${element}._children`, "x", "402", "RTE 3.3.4, error 402: a keyword cannot be set"),
    setFails(`${element}._count`, "1", "402", "RTE 3.3.4, error 402: a keyword cannot be set"),
    finish(),
  ]);
}
