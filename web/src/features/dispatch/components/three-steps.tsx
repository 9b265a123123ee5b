import { Group, List, Paper, Stack, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** What dispatching is, for those who have none yet. */
export function ThreeSteps({ title, actions }: { readonly title: string; readonly actions: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Paper p="xl" style={{ borderStyle: "dashed" }}>
      <Stack align="center" gap="md">
        <Title order={2}>{title}</Title>
        <List type="ordered" spacing="xs" maw="60ch">
          <List.Item>{t("dispatch.step1")}</List.Item>
          <List.Item>{t("dispatch.step2")}</List.Item>
          <List.Item>{t("dispatch.step3")}</List.Item>
        </List>
        <Group gap="xs">{actions}</Group>
      </Stack>
    </Paper>
  );
}
