import { MultiSelect, type MultiSelectProps } from "@mantine/core";

/** Names and families (`registration.*`) to choose from. */
export function EventTypeSelect({
  types,
  ...rest
}: { readonly types: readonly string[] } & Omit<MultiSelectProps, "data">) {
  return (
    <MultiSelect
      searchable
      clearable
      hidePickedOptions
      maxDropdownHeight={320}
      comboboxProps={{ withinPortal: true }}
      {...rest}
      data={choicesOf(types)}
    />
  );
}

/** Grouped by family, each group beginning with the family itself. */
function choicesOf(types: readonly string[]): { group: string; items: string[] }[] {
  const families = new Map<string, string[]>();
  for (const name of types) {
    const family = name.split(".")[0] ?? name;
    families.set(family, [...(families.get(family) ?? [`${family}.*`]), name]);
  }
  return [...families].map(([group, items]) => ({ group, items }));
}
