import type { Case } from "../case-form.ts";
import { finish, get, getFails, initialize, set, setFails, single } from "./calls.ts";

const parents = [
  "cmi",
  "cmi.core",
  "cmi.core.score",
  "cmi.objectives",
  "cmi.objectives.0",
  "cmi.objectives.0.score",
  "cmi.student_data",
  "cmi.student_preference",
  "cmi.interactions",
  "cmi.interactions.0",
  "cmi.interactions.0.objectives",
  "cmi.interactions.0.objectives.0",
  "cmi.interactions.0.correct_responses",
  "cmi.interactions.0.correct_responses.0",
];
const parentWhy = "RTE 3.3.4, error 201: a category is not an element with a value";
const unknownLeaf = "CTS, CMICategory: an unknown element of a known category is an invalid argument";
const unknownCategory = "CTS: an unknown category is not implemented";
const noCount = "RTE 3.3.4, error 203: not an array";
const beyond = "RTE 3.3.4, error 201: indexes are contiguous and start at 0";
const q = (name: string) => `cmi.interactions.0.${name}`;

/** Names that are no elements, keywords in odd places, and indexes. */
export const structureCases: readonly Case[] = [
  ...parents.map((parent) =>
    single(
      `parent-${parent.replaceAll(".", "-")}`,
      `${parent} is a category: it can neither be read nor set, and trying harms nothing`,
      [
        initialize(),
        set("cmi.objectives.0.id", "obj", "RTE 3.4.4, cmi.objectives.n.id"),
        set(q("id"), "q1", "RTE 3.4.4, cmi.interactions.n.id"),
        set("cmi.core.score.raw", "70", "RTE 3.4.4, cmi.core.score.raw"),
        getFails(parent, "201", parentWhy),
        setFails(parent, "x", "201", parentWhy),
        setFails(parent, "", "201", parentWhy),
        get("cmi.core.score.raw", "70", "The data model is untouched"),
        get("cmi.objectives.0.id", "obj", "The data model is untouched"),
        get("cmi.interactions._count", "1", "The data model is untouched"),
        finish(),
      ],
    ),
  ),
  ...[
    "cmi.core.bogus",
    "cmi.core.score.scaled",
    "cmi.objectives.0.bogus",
    "cmi.student_data.bogus",
    "cmi.interactions.0.bogus",
    "cmi.core.Student_id",
    "cmi.core.student_id.x",
    "cmi.student_preference.volume",
  ].map((element) =>
    single(`unknown-${element.replaceAll(".", "-").toLowerCase()}`, `${element} is no element of the book`, [
      initialize(),
      getFails(element, "201", unknownLeaf, { disputed: "401 elsewhere" }),
      setFails(element, "x", "201", unknownLeaf, { disputed: "401 elsewhere" }),
      get("cmi.objectives._count", "0", "The data model is untouched"),
      finish(),
    ]),
  ),
  ...["cmi.bogus", "cmi.bogus.x", "cmi.completion_status"].map((element) =>
    single(`unknown-${element.replaceAll(".", "-")}`, `${element} lies in no category of the book`, [
      initialize(),
      getFails(element, "401", unknownCategory, { disputed: "201 elsewhere" }),
      setFails(element, "x", "401", unknownCategory, { disputed: "201 elsewhere" }),
      finish(),
    ]),
  ),
  single("unknown-empty", "The empty name", [
    initialize(),
    getFails("", "201", "RTE 3.3.4, error 201"),
    setFails("", "x", "201", "RTE 3.3.4, error 201"),
    finish(),
  ]),
  single("keyword-count-of-categories", "_count of what is not a list", [
    initialize(),
    ...["cmi.core", "cmi.core.score", "cmi.student_data", "cmi.student_preference"].map((parent) =>
      getFails(`${parent}._count`, "203", noCount),
    ),
    finish(),
  ]),
  single("keyword-set", "No keyword can be set, wherever it stands", [
    initialize(),
    set("cmi.objectives.0.id", "obj", "RTE 3.4.4, cmi.objectives.n.id"),
    set(q("id"), "q1", "RTE 3.4.4, cmi.interactions.n.id"),
    ...[
      "cmi.core._children",
      "cmi.core.score._children",
      "cmi.objectives._children",
      "cmi.objectives._count",
      "cmi.objectives.0.score._children",
      "cmi.student_data._children",
      "cmi.student_preference._children",
      "cmi.interactions._children",
      "cmi.interactions._count",
      q("objectives._count"),
      q("correct_responses._count"),
    ].map((element) => setFails(element, "9", "402", "RTE 3.3.4, error 402")),
    get("cmi.objectives._count", "1", "The count is what was stored"),
    finish(),
  ]),
  single("index-objectives-grow", "Objectives are added at the end, in order, each counted once", [
    initialize(),
    get("cmi.objectives._count", "0", "RTE 3.4.4, cmi.objectives._count"),
    setFails("cmi.objectives.1.id", "second", "201", beyond),
    get("cmi.objectives._count", "0", "A refused set adds nothing"),
    set("cmi.objectives.0.id", "first", "RTE 3.4.4, cmi.objectives.n.id"),
    get("cmi.objectives._count", "1", "RTE 3.4.4, cmi.objectives._count: number of entries"),
    set("cmi.objectives.0.status", "incomplete", "RTE 3.4.4, cmi.objectives.n.status"),
    get("cmi.objectives._count", "1", "The same entry"),
    set("cmi.objectives.1.id", "second", "RTE 3.4.4, cmi.objectives.n.id"),
    get("cmi.objectives._count", "2", "RTE 3.4.4, cmi.objectives._count"),
    getFails("cmi.objectives.2.id", "201", beyond),
    get("cmi.objectives.0.id", "first", "RTE 3.4.4, cmi.objectives.n.id"),
    get("cmi.objectives.1.id", "second", "RTE 3.4.4, cmi.objectives.n.id"),
    finish(),
  ]),
  single("index-objective-refused-value", "A refused value makes no new entry", [
    initialize(),
    setFails("cmi.objectives.0.score.raw", "abc", "405", "RTE 3.4.4, cmi.objectives.n.score.raw"),
    setFails("cmi.objectives.0.id", "", "405", "RTE 3.4.5, CMIIdentifier"),
    get("cmi.objectives._count", "0", "A refused set adds nothing"),
    finish(),
  ]),
  single("index-objective-without-id", "The book asks for no order among the fields of an entry", [
    initialize(),
    set("cmi.objectives.0.status", "failed", "RTE 3.4.4, cmi.objectives.n.status"),
    set("cmi.objectives.0.score.raw", "10", "RTE 3.4.4, cmi.objectives.n.score.raw"),
    get("cmi.objectives.0.id", "", "Not set yet"),
    get("cmi.objectives.0.status", "failed", "RTE 3.4.4, cmi.objectives.n.status"),
    finish(),
  ]),
  ...["-1", "x", "1.5", "", " 0", "00", "4294967296"].map((index) =>
    single(
      `index-odd-${index.trim() === "" ? (index === "" ? "empty" : "blank") : index.trim().replaceAll(".", "-")}${index === " 0" ? "-with-blank" : ""}`,
      `"${index}" is no index`,
      [
        initialize(),
        setFails(`cmi.objectives.${index}.id`, "a", "201", beyond),
        getFails(`cmi.objectives.${index}.id`, "201", beyond),
        setFails(`cmi.interactions.${index}.id`, "a", "201", beyond),
        get("cmi.objectives._count", "0", "Nothing was added"),
        get("cmi.interactions._count", "0", "Nothing was added"),
        finish(),
      ],
    ),
  ),
  single("index-interactions-grow", "Interactions are counted although they cannot be read", [
    initialize(),
    setFails("cmi.interactions.1.id", "q2", "201", beyond),
    set(q("id"), "q1", "RTE 3.4.4, cmi.interactions.n.id"),
    get("cmi.interactions._count", "1", "RTE 3.4.4, cmi.interactions._count"),
    set("cmi.interactions.1.id", "q2", "RTE 3.4.4, cmi.interactions.n.id"),
    set(q("result"), "correct", "Earlier entries may be changed"),
    get("cmi.interactions._count", "2", "RTE 3.4.4, cmi.interactions._count"),
    getFails("cmi.interactions.1.id", "404", "RTE 3.4.4: write only"),
    setFails("cmi.interactions.3.result", "correct", "201", beyond),
    finish(),
  ]),
  single("index-interaction-objectives", "The objectives of an interaction are a list of their own", [
    initialize(),
    set(q("id"), "q1", "RTE 3.4.4, cmi.interactions.n.id"),
    get(q("objectives._count"), "0", "RTE 3.4.4, cmi.interactions.n.objectives._count"),
    setFails(q("objectives.1.id"), "b", "201", beyond),
    set(q("objectives.0.id"), "a", "RTE 3.4.4, cmi.interactions.n.objectives.n.id"),
    set(q("objectives.1.id"), "b", "RTE 3.4.4, cmi.interactions.n.objectives.n.id"),
    get(q("objectives._count"), "2", "RTE 3.4.4, cmi.interactions.n.objectives._count"),
    getFails(q("objectives.0.id"), "404", "RTE 3.4.4: write only"),
    get("cmi.objectives._count", "0", "Not the list of the SCO's own objectives"),
    getFails("cmi.interactions.1.objectives._count", "201", beyond),
    finish(),
  ]),
  single("index-interaction-correct-responses", "The correct responses of an interaction are a list of their own", [
    initialize(),
    set(q("type"), "choice", "RTE 3.4.4, cmi.interactions.n.type"),
    get(q("correct_responses._count"), "0", "RTE 3.4.4, cmi.interactions.n.correct_responses._count"),
    setFails(q("correct_responses.1.pattern"), "b", "201", beyond),
    set(q("correct_responses.0.pattern"), "a", "RTE 3.4.4, cmi.interactions.n.correct_responses.n.pattern"),
    set(q("correct_responses.1.pattern"), "b", "RTE 3.4.4, cmi.interactions.n.correct_responses.n.pattern"),
    get(q("correct_responses._count"), "2", "RTE 3.4.4, cmi.interactions.n.correct_responses._count"),
    finish(),
  ]),
];
