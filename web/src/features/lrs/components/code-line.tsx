import { Code, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../../../components/copy-button.tsx";

/** One line to copy, with its name above or, where there is room, beside it; a long one scrolls. */
export function CodeLine(props: { readonly label: string; readonly value: string; readonly beside?: boolean }) {
  const { label, value, beside = false } = props;
  const { t } = useTranslation();
  return (
    <div style={beside ? { display: "flex", alignItems: "center", gap: 8, minWidth: 0 } : { minWidth: 0 }}>
      <Text fz="xs" c="dimmed" mb={beside ? 0 : 2} {...(beside && { w: 170, style: { flex: "none" } })}>
        {label}
      </Text>
      <Group gap={4} wrap="nowrap" flex={1} miw={0}>
        <Code
          block
          flex={1}
          py={beside ? 4 : 8}
          style={{ overflowX: "auto", minWidth: 0, whiteSpace: "pre" }}
          tabIndex={0}
          aria-label={label}
          role="region"
        >
          {value}
        </Code>
        <CopyButton value={value} label={t("common.copyNamed", { name: label })} />
      </Group>
    </div>
  );
}
