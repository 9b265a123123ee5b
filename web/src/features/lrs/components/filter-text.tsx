import { Autocomplete, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useState } from "react";

/**
 * A text field of a filter. In a bar it reports once typing has paused; with a visible label, in a dialog, at once, because what is sent
 * must be what is seen. With `choices` it offers them, and takes any other text too.
 */
export function FilterText(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string | undefined;
  readonly choices?: readonly string[];
  readonly placeholder?: string;
  /** True in dialogs; in a bar the placeholder names the field. */
  readonly visibleLabel?: boolean;
  readonly width?: number;
}) {
  const [text, setText] = useState(props.value);
  const report = useDebouncedCallback((value: string) => props.onChange(value), 300);
  useEffect(() => setText(props.value), [props.value]);
  const change = (value: string) => {
    setText(value);
    if (props.visibleLabel) props.onChange(value);
    else report(value);
  };
  const common = {
    ...(props.visibleLabel
      ? { label: props.label, placeholder: props.placeholder ?? "" }
      : { "aria-label": props.label, placeholder: props.label }),
    ...(props.width && { w: props.width, maw: "100%" }),
    value: text,
    error: props.error,
  };
  if (props.choices) return <Autocomplete {...common} data={[...props.choices]} limit={12} onChange={change} />;
  return <TextInput {...common} onChange={(event) => change(event.currentTarget.value)} />;
}
