import type { DescField, DescMessage, MessageShape } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";

/**
 * The paths that an update of these fields may name: each field, and where one is a message of ours, each field of it, for instance `terms`
 * and `terms.usage_limit`.
 * @param fields the contract's names
 */
export function updatePaths(schema: DescMessage, fields: readonly string[]): string[] {
  return fields.flatMap((name) => {
    const { message } = fieldOf(schema, name);
    const parts = message?.typeName.startsWith("coursemesh.") ? message.fields : [];
    return [name, ...parts.map((part) => `${name}.${part.name}`)];
  });
}

/**
 * Copies the fields that paths name from one message into another, in place. A field that is not set at the source is cleared. A path of two
 * names changes one field of a part and leaves the others.
 */
export function mergeFields<Desc extends DescMessage>(
  schema: Desc,
  target: MessageShape<Desc>,
  source: MessageShape<Desc>,
  paths: Iterable<string>,
): void {
  for (const path of paths) {
    const [name = "", ...rest] = path.split(".");
    copyField(reflect(schema, target), reflect(schema, source), name, rest);
  }
}

function copyField(target: ReflectMessage, source: ReflectMessage, name: string, rest: readonly string[]): void {
  const field = fieldOf(target.desc, name);
  const [next, ...further] = rest;
  if (next === undefined) {
    if (source.isSet(field)) target.set(field, source.get(field));
    else target.clear(field);
    return;
  }
  if (field.fieldKind !== "message") throw new Error(`${name} has no fields`);
  // A part that is not set reads as an empty one.
  const part = target.get(field);
  copyField(part, source.get(field), next, further);
  target.set(field, part);
}

function fieldOf(schema: DescMessage, name: string): DescField {
  const field = schema.fields.find((it) => it.name === name);
  if (field === undefined) throw new Error(`${schema.typeName} has no field ${name}`);
  return field;
}
