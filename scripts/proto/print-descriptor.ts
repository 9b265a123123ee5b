import {
  type DescriptorProto,
  type EnumDescriptorProto,
  type FieldDescriptorProto,
  type FileDescriptorProto,
  FieldDescriptorProto_Label as Label,
  FieldDescriptorProto_Type as Type,
} from "@bufbuild/protobuf/wkt";

const SCALARS: Partial<Record<Type, string>> = {
  [Type.DOUBLE]: "double",
  [Type.FLOAT]: "float",
  [Type.INT64]: "int64",
  [Type.UINT64]: "uint64",
  [Type.INT32]: "int32",
  [Type.FIXED64]: "fixed64",
  [Type.FIXED32]: "fixed32",
  [Type.BOOL]: "bool",
  [Type.STRING]: "string",
  [Type.BYTES]: "bytes",
  [Type.UINT32]: "uint32",
  [Type.SFIXED32]: "sfixed32",
  [Type.SFIXED64]: "sfixed64",
  [Type.SINT32]: "sint32",
  [Type.SINT64]: "sint64",
};

/**
 * Prints a proto2 file descriptor as `.proto` source: names, numbers, types, oneofs and extensions, without custom options.
 * Needed because `buf/validate/validate.proto` ships on npm only as generated code, and the contracts must compile offline.
 */
export function printDescriptor(file: FileDescriptorProto): string {
  if (file.syntax !== "" && file.syntax !== "proto2") throw new Error(`only proto2 is printed, not ${file.syntax}`);
  return [
    `syntax = "proto2";`,
    `package ${file.package};`,
    ...file.dependency.map((path) => `import "${path}";`),
    ...file.enumType.map((it) => printEnum(it)),
    ...file.messageType.map((it) => printMessage(it)),
    ...file.extension.map((it) => `extend ${it.extendee} {\n${printField(it)}\n}`),
    "",
  ].join("\n");
}

function printEnum(type: EnumDescriptorProto): string {
  return `enum ${type.name} {\n${type.value.map((v) => `  ${v.name} = ${v.number};`).join("\n")}\n}`;
}

function printMessage(type: DescriptorProto): string {
  if (type.nestedType.some((it) => it.options?.mapEntry)) throw new Error(`${type.name}: map fields are not printed`);

  const oneofs = type.oneofDecl.map((oneof, index) => {
    const members = type.field.filter((field) => hasOneof(field) && field.oneofIndex === index);
    return `  oneof ${oneof.name} {\n${members.map((field) => printField(field, true)).join("\n")}\n  }`;
  });
  const outside = type.field.filter((field) => !hasOneof(field));
  return [
    `message ${type.name} {`,
    ...type.nestedType.map((it) => printMessage(it)),
    ...type.enumType.map((it) => printEnum(it)),
    ...outside.map((field) => printField(field)),
    ...oneofs,
    ...type.extensionRange.map((range) => `  extensions ${range.start} to ${lastOf(range.end)};`),
    ...type.reservedRange.map((range) => `  reserved ${range.start} to ${lastOf(range.end)};`),
    ...type.reservedName.map((name) => `  reserved "${name}";`),
    "}",
  ].join("\n");
}

/** Proto2 descriptors leave `oneofIndex` at its default 0 for plain fields, so presence has to be asked of the message itself. */
function hasOneof(field: FieldDescriptorProto): boolean {
  return Object.hasOwn(field, "oneofIndex");
}

function printField(field: FieldDescriptorProto, inOneof = false): string {
  const label = inOneof
    ? ""
    : field.label === Label.REPEATED
      ? "repeated "
      : field.label === Label.REQUIRED
        ? "required "
        : "optional ";
  const type = field.typeName === "" ? SCALARS[field.type] : field.typeName;
  return `  ${label}${type} ${field.name} = ${field.number};`;
}

function lastOf(exclusiveEnd: number): string {
  return exclusiveEnd >= 536870912 ? "max" : String(exclusiveEnd - 1);
}
