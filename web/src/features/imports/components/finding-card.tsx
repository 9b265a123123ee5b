import type { FindingRow } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { Badge, Group, Paper, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconInfoCircle, IconXboxX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../../../components/copy-button.tsx";

const LOOK = {
  error: { Icon: IconXboxX, colour: "var(--cm-failed)" },
  warning: { Icon: IconAlertTriangle, colour: "var(--cm-incomplete)" },
  note: { Icon: IconInfoCircle, colour: "var(--cm-complete)" },
} as const;

/** A severity word from the wire as one of the three we draw. */
export function severityOf(text: string): keyof typeof LOOK {
  return text === "error" || text === "warning" ? text : "note";
}

/** One finding: meaning, effect on learners, file and line, fix, rule id. */
export function FindingCard({ finding }: { readonly finding: FindingRow }) {
  const { t } = useTranslation();
  const severity = severityOf(finding.severity);
  const { Icon, colour } = LOOK[severity];
  const place = finding.file ? `${finding.file}${finding.line > 0 ? `:${finding.line}` : ""}` : "";
  return (
    <Paper component="li" p="md" style={{ borderInlineStart: `3px solid ${colour}` }}>
      <Group gap="sm" align="flex-start" wrap="nowrap">
        <Icon size={18} color={colour} style={{ flex: "none", marginTop: 1 }} aria-hidden="true" />
        <Stack gap={4} miw={0} flex={1}>
          <Group gap="xs">
            <Text fw={600}>{finding.message}</Text>
            <Badge style={{ color: colour }}>{t(`imports.severity_${severity}`)}</Badge>
          </Group>
          {finding.effect && (
            <Text fz="sm" maw="72ch">
              <Text span c="dimmed" fz="sm">
                {t("imports.effect")}
              </Text>{" "}
              {finding.effect}
            </Text>
          )}
          {finding.fix && (
            <Text fz="sm" maw="72ch">
              <Text span c="dimmed" fz="sm">
                {t("imports.fix")}
              </Text>{" "}
              {finding.fix}
            </Text>
          )}
          <Group gap="md" fz="xs" c="dimmed">
            {place && (
              <Group gap={2} wrap="nowrap" miw={0}>
                <code style={{ overflowWrap: "anywhere" }}>{place}</code>
                <CopyButton value={place} label={t("imports.copyPlace")} />
              </Group>
            )}
            <code style={{ overflowWrap: "anywhere" }}>{finding.rule}</code>
            {finding.clause && <span>{finding.clause}</span>}
          </Group>
        </Stack>
      </Group>
    </Paper>
  );
}
