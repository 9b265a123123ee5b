type EnumObject = Readonly<Record<string, string | number>>;

/** `not_attempted` for NOT_ATTEMPTED: how view contracts write the enums of services. Empty for unspecified and unknown values. */
export function textOfEnum(names: EnumObject, value: number): string {
  if (value === 0) return "";
  const name = Object.keys(names).find((key) => names[key] === value);
  return name?.toLowerCase() ?? "";
}

/** The value of such a text; undefined when there is none. */
export function enumOfText<Value extends number>(
  names: Readonly<Record<string, Value | string>>,
  text: string,
): Value | undefined {
  const value = names[text.toUpperCase()];
  return typeof value === "number" && value !== 0 ? value : undefined;
}
