import { Code, Group, Paper, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "./copy-button.tsx";

/** "None yet": one sentence, one button, one command that can be run. */
export function EmptyState(props: {
  readonly title: string;
  readonly text: string;
  readonly action?: ReactNode;
  readonly command?: string;
}) {
  const { t } = useTranslation();
  return (
    <Paper p="xl" style={{ borderStyle: "dashed" }}>
      <Stack align="center" gap="sm">
        <Title order={2}>{props.title}</Title>
        <Text c="dimmed" maw="56ch" ta="center">
          {props.text}
        </Text>
        {props.action}
        {props.command && (
          <Group gap={4} wrap="nowrap" maw="100%" align="flex-start">
            <Code block tabIndex={0} style={{ overflowX: "auto", maxWidth: "min(720px, 100%)" }}>
              {props.command}
            </Code>
            <CopyButton value={props.command} label={t("common.copyCommand")} />
          </Group>
        )}
      </Stack>
    </Paper>
  );
}
