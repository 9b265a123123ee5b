import { expect, it } from "vitest";
import { de } from "./de/de.ts";
import { en } from "./en/en.ts";

function texts(node: object, path = ""): [string, string][] {
  return Object.entries(node).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[`${path}${key}`, value]] : texts(value as object, `${path}${key}.`),
  );
}

const names = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();

it("says everything in German, with the same values in the sentences", () => {
  const german = new Map(texts(de));
  for (const [key, text] of texts(en)) {
    expect(german.get(key), key).toBeTruthy();
    expect(names(german.get(key) ?? ""), key).toEqual(names(text));
  }
  expect(german.size).toBe(texts(en).length);
});
