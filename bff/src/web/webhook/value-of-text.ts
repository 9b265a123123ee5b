import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { enumOfText } from "../../contract/enum-text.ts";

type Names<Value extends number> = Readonly<Record<string, Value | string>> & { readonly UNSPECIFIED: Value };

/** The enum value of a view's word; unspecified for an empty one. @throws FIELD_INVALID for a word that is none */
export function valueOfText<Value extends number>(names: Names<Value>, text: string, field: string): Value {
  if (text === "") return names.UNSPECIFIED;
  const value = enumOfText<Value>(names, text);
  if (value === undefined) throw fieldInvalid(field, `“${text}” is none of the choices`);
  return value;
}

/** The same for a list. */
export function valuesOfTexts<Value extends number>(
  names: Names<Value>,
  texts: readonly string[],
  field: string,
): Value[] {
  return texts.map((text) => valueOfText(names, text, field));
}
