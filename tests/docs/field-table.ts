import type { DescField, DescMessage } from "@bufbuild/protobuf";

/** The fields of a message as a table, those of messages of ours in it below their names. */
export function fieldTable(schema: DescMessage): string {
  const rows = rowsOf(schema, "", new Set([schema.typeName]));
  return ["| Field | JSON |", "|---|---|", ...rows.map(([name, type]) => `| \`${name}\` | ${type} |`)].join("\n");
}

function rowsOf(schema: DescMessage, prefix: string, above: ReadonlySet<string>): [string, string][] {
  return schema.fields.flatMap((field): [string, string][] => {
    const name = `${prefix}${field.jsonName}${field.fieldKind === "list" ? "[]" : ""}`;
    const message = field.message;
    const nested = message?.typeName.startsWith("coursemesh.") && !above.has(message.typeName) && above.size < 5;
    const row: [string, string] = [name, typeOf(field)];
    return message && nested ? [row, ...rowsOf(message, `${name}.`, new Set([...above, message.typeName]))] : [row];
  });
}

function typeOf(field: DescField): string {
  if (field.fieldKind === "map") return "object";
  if (field.enum) return `one of ${field.enum.values.map((value) => value.name).join(", ")}`;
  if (field.message) return field.message.typeName === "google.protobuf.Timestamp" ? "time, RFC 3339" : "object";
  const scalar = field.scalar ?? 0;
  if (scalar === 9) return "text";
  if (scalar === 8) return "true or false";
  if (scalar === 12) return "base64";
  return [3, 4, 6, 16, 18].includes(scalar) ? "whole number as text" : "number";
}
