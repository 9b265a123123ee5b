import { fromJson, toJson } from "@bufbuild/protobuf";
import { expect, it } from "vitest";
import { EVENT_TYPES, eventRegistry } from "./event-types.ts";
import { exampleOf } from "./example-of.ts";
import { jsonSchemaOf } from "./json-schema.ts";

it("gives every event a name of its own and a description", () => {
  expect(new Set(EVENT_TYPES.map(({ name }) => name)).size).toBe(EVENT_TYPES.length);
  expect(EVENT_TYPES.filter(({ name, description }) => description === "" || !/^[a-z_]+\.[a-z_]+$/.test(name))).toEqual(
    [],
  );
  expect(EVENT_TYPES.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["registration.completed", "import.completed", "dispatch.limit_reached"]),
  );
});

it("has no part of another message for an event", () => {
  expect(EVENT_TYPES.map(({ schema }) => schema.name)).not.toContain("ResultChange");
});

it.each(EVENT_TYPES.map((type) => [type.name, type] as const))("has an example of %s that is one", (_, { schema }) => {
  const example = exampleOf(schema);
  expect(toJson(schema, fromJson(schema, example, { registry: eventRegistry }), { registry: eventRegistry })).toEqual(
    example,
  );
  const described = jsonSchemaOf(schema);
  expect(Object.keys(described.properties ?? {})).toEqual(expect.arrayContaining(Object.keys(example)));
  const references = JSON.stringify(described).match(/(?<="\$ref":"#\/\$defs\/)[\w.]+/g) ?? [];
  expect(Object.keys(described.$defs ?? {})).toEqual(expect.arrayContaining(references));
});
