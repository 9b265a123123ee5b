import type { DescEnum, DescField, DescMessage, ScalarType } from "@bufbuild/protobuf";

/** JSON that can be put into a `google.protobuf.Struct`. */
export type JsonObject = { [name: string]: JsonValue };
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;

/** JSON Schema (2020-12) of a message in ProtoJSON as receivers get it. Fields that hold their default are left out there, so none is required. */
export function jsonSchemaOf(schema: DescMessage): JsonObject {
  const definitions: JsonObject = {};
  const root = messageSchema(schema, definitions);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: schema.typeName,
    ...root,
    ...(Object.keys(definitions).length > 0 && { $defs: definitions }),
  };
}

function messageSchema(schema: DescMessage, definitions: JsonObject): JsonObject {
  const properties = schema.fields.map((field) => [field.jsonName, fieldSchema(field, definitions)] as const);
  return { type: "object", properties: Object.fromEntries(properties) };
}

function fieldSchema(field: DescField, definitions: JsonObject): JsonObject {
  switch (field.fieldKind) {
    case "list":
      return { type: "array", items: valueSchema(field.listKind, field, definitions) };
    case "map":
      return { type: "object", additionalProperties: valueSchema(field.mapKind, field, definitions) };
    default:
      return valueSchema(field.fieldKind, field, definitions);
  }
}

function valueSchema(kind: "scalar" | "enum" | "message", field: DescField, definitions: JsonObject): JsonObject {
  if (kind === "enum" && field.enum) return enumSchema(field.enum);
  if (kind === "message" && field.message) return referenceTo(field.message, definitions);
  return scalarSchema(field.scalar);
}

function enumSchema(schema: DescEnum): JsonObject {
  return { type: "string", enum: schema.values.map((value) => value.name) };
}

function referenceTo(schema: DescMessage, definitions: JsonObject): JsonObject {
  const known = wellKnown(schema.typeName);
  if (known) return known;
  if (definitions[schema.typeName] === undefined) {
    // Named before its fields are looked at, which may hold itself.
    definitions[schema.typeName] = {};
    definitions[schema.typeName] = messageSchema(schema, definitions);
  }
  return { $ref: `#/$defs/${schema.typeName}` };
}

function wellKnown(typeName: string): JsonObject | undefined {
  if (typeName === "google.protobuf.Timestamp") return { type: "string", format: "date-time" };
  if (typeName === "google.protobuf.Duration") return { type: "string", pattern: "^-?\\d+(\\.\\d+)?s$" };
  if (typeName === "google.protobuf.Struct") return { type: "object" };
  return undefined;
}

/** Numbers of ScalarType by their JSON form; 64 bits are texts in ProtoJSON. */
function scalarSchema(scalar: ScalarType | undefined): JsonObject {
  switch (scalar) {
    case 1:
    case 2:
      return { type: "number" };
    case 3:
    case 4:
    case 6:
    case 16:
    case 18:
      return { type: "string", pattern: "^-?\\d+$" };
    case 8:
      return { type: "boolean" };
    case 9:
      return { type: "string" };
    case 12:
      return { type: "string", contentEncoding: "base64" };
    default:
      return { type: "integer" };
  }
}
