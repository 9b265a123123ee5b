import type { DescField, DescMessage, ScalarType } from "@bufbuild/protobuf";
import type { JsonObject, JsonValue } from "./json-schema.ts";

const MAX_DEPTH = 4;

/** Values for fields whose name says what they hold. */
const BY_NAME: readonly (readonly [RegExp, string])[] = [
  [/^(event_type|type)$/, "registration.completed"],
  [/email/, "ada@example.com"],
  [/url/, "https://hooks.example.com/coursemesh"],
  [/^first_name$/, "Ada"],
  [/^last_name$/, "Lovelace"],
  [/^(learner_id|external_id)$/, "learner-42"],
  [/(title|display_name|^name$)/, "Working safely at height"],
  [/tags$/, "safety"],
  [/^etag$/, "1"],
  [/^hint$/, "x9Qk"],
  [/(_id|_ids|^id)$/, "0199a3f2-7c1e-7d42-9b5a-3f6f0c2d8e11"],
];

/** A message in ProtoJSON with something in every field, always the same. */
export function exampleOf(schema: DescMessage): JsonObject {
  return messageExample(schema, 0);
}

function messageExample(schema: DescMessage, depth: number): JsonObject {
  const chosen = new Set<string>();
  const members: [string, JsonValue][] = [];
  for (const field of schema.fields) {
    // Of a oneof only its first.
    const oneof = field.oneof?.name;
    if (oneof !== undefined && chosen.has(oneof)) continue;
    const value = fieldExample(field, depth);
    if (value === undefined) continue;
    if (oneof !== undefined) chosen.add(oneof);
    members.push([field.jsonName, value]);
  }
  return Object.fromEntries(members);
}

function fieldExample(field: DescField, depth: number): JsonValue | undefined {
  switch (field.fieldKind) {
    case "list": {
      const item = valueExample(field.listKind, field, depth);
      return item === undefined ? undefined : [item];
    }
    case "map": {
      const item = valueExample(field.mapKind, field, depth);
      return item === undefined ? undefined : { key: item };
    }
    default:
      return valueExample(field.fieldKind, field, depth);
  }
}

function valueExample(kind: "scalar" | "enum" | "message", field: DescField, depth: number): JsonValue | undefined {
  if (kind === "enum") return field.enum?.values[1]?.name;
  if (kind === "message" && field.message) {
    const { typeName } = field.message;
    if (typeName === "google.protobuf.Timestamp") return "2026-11-20T09:30:00Z";
    if (typeName === "google.protobuf.Duration") return "90s";
    if (typeName === "google.protobuf.Struct") return {};
    return depth < MAX_DEPTH ? messageExample(field.message, depth + 1) : undefined;
  }
  return scalarExample(field.scalar, field.name);
}

function scalarExample(scalar: ScalarType | undefined, name: string): JsonValue {
  switch (scalar) {
    case 1:
    case 2:
      return name.startsWith("score") || name === "scaled" || name === "progress" ? 0.85 : 12.5;
    case 3:
    case 4:
    case 6:
    case 16:
    case 18:
      return "3";
    case 8:
      return true;
    case 9:
      return BY_NAME.find(([pattern]) => pattern.test(name))?.[1] ?? "text";
    case 12:
      return "dGV4dA==";
    default:
      return 1;
  }
}
