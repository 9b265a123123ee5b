import { describe, expect, it } from "vitest";
import { refusalOf } from "./unknown-element.ts";

describe("refusalOf", () => {
  it.each([
    ["", "get", "201"],
    ["cmi", "get", "201"],
    ["cmi.", "get", "201"],
    ["cmi.core", "set", "201"],
    ["cmi.core.bogus", "get", "201"],
    ["cmi.bogus", "get", "401"],
    ["cmi.bogus._children", "get", "401"],
    ["nav.event", "set", "401"],
    ["cmi.core.bogus._count", "get", "201"],
    ["cmi.core.student_name._children", "get", "202"],
    ["cmi.core.student_name._count", "get", "203"],
    ["cmi.core.student_name._count", "set", "402"],
    ["cmi.core._count", "get", "203"],
    ["cmi._count", "get", "203"],
    ["cmi.objectives.0._count", "get", "203"],
    ["cmi.objectives.0._children", "get", "201"],
    ["cmi.interactions.0.objectives._children", "get", "201"],
    ["cmi.core._version", "get", "201"],
    ["_children", "get", "401"],
    ["cmi.objectives.x.id", "set", "201"],
    ["constructor", "get", "401"],
    ["cmi.__proto__.x", "set", "401"],
  ] as const)("%s, %s: %s", (element, access, code) => {
    expect(refusalOf(element, access)).toBe(code);
  });
});
