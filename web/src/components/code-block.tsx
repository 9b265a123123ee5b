import { Code, Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "./copy-button.tsx";

/** Text of several lines with its name above and a button to copy it; a long one scrolls in its own frame. */
export function CodeBlock(props: {
  readonly label: string;
  readonly value: string;
  readonly maxHeight?: number;
  readonly aside?: ReactNode;
}) {
  const { t } = useTranslation();
  const { label, value } = props;
  return (
    <div style={{ minWidth: 0 }}>
      <Group justify="space-between" mb={4} wrap="nowrap">
        <Text fz="xs" c="dimmed">
          {label}
        </Text>
        <Group gap={4} wrap="nowrap">
          {props.aside}
          <CopyButton value={value} label={t("common.copyNamed", { name: label })} />
        </Group>
      </Group>
      <Code
        block
        tabIndex={0}
        role="region"
        aria-label={label}
        style={{ maxHeight: props.maxHeight ?? 420, overflow: "auto", whiteSpace: "pre" }}
        data-code
      >
        {value}
      </Code>
    </div>
  );
}

/** JSON, indented; what is none stays as it is. */
export function prettyJson(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), undefined, 2);
  } catch {
    return json;
  }
}
