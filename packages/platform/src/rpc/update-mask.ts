import type { FieldMask } from "@bufbuild/protobuf/wkt";
import { fieldInvalid } from "../errors/service-error.ts";

/**
 * Reads which fields an update changes (AIP-134).
 * @param allowed the contract's names of the fields, for instance `description` or `contact.email`.
 * @throws FIELD_INVALID for an empty mask or a field that cannot be changed
 */
export function readUpdateMask<Field extends string>(
  mask: FieldMask | undefined,
  allowed: readonly Field[],
): ReadonlySet<Field> {
  const fields = new Set<Field>();
  for (const path of mask?.paths ?? []) {
    const field = allowed.find((name) => name === path);
    if (field === undefined) throw fieldInvalid("update_mask", `${path} is not one of ${allowed.join(", ")}`);
    fields.add(field);
  }
  if (fields.size === 0) throw fieldInvalid("update_mask", `must name at least one of ${allowed.join(", ")}`);
  return fields;
}
