import { describe, expect, it } from "vitest";
import { elementTable, singleElements } from "./element-table.ts";

describe("elementTable", () => {
  it("holds the 49 elements of the book and the two that LMSGetValue's description adds", () => {
    const extra = elementTable.filter(({ name }) => name === "cmi._children" || name === "cmi._version");
    expect(elementTable.length - extra.length).toBe(49);
    const inCategory = (category: string) =>
      elementTable.filter(({ name }) => name.startsWith(`cmi.${category}.`)).length;
    expect(["core", "objectives", "student_data", "student_preference", "interactions"].map(inCategory)).toEqual([
      15, 8, 4, 5, 13,
    ]);
  });

  it("names every element once and gives every single one a slot of its own", () => {
    expect(new Set(elementTable.map(({ name }) => name)).size).toBe(elementTable.length);
    expect(new Set([...singleElements.values()].map(({ slot }) => slot)).size).toBe(singleElements.size);
  });
});
