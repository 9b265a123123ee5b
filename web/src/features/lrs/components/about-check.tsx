import { Button, Code, Group, Stack, Text } from "@mantine/core";
import { IconCheck, IconPlugConnected } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Notice } from "../../../components/notice.tsx";

type Check =
  | { readonly kind: "idle" | "asking" }
  | { readonly kind: "answered"; readonly milliseconds: number; readonly body: string }
  | { readonly kind: "failed"; readonly message: string };

/** Asks the about resource from this browser and shows what it says. */
export function AboutCheck() {
  const { t } = useTranslation();
  const [check, setCheck] = useState<Check>({ kind: "idle" });
  const ask = async () => {
    setCheck({ kind: "asking" });
    const begun = performance.now();
    try {
      const response = await fetch("/xapi/about");
      const body = await response.text();
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      const milliseconds = Math.round(performance.now() - begun);
      setCheck({ kind: "answered", milliseconds, body: JSON.stringify(JSON.parse(body), undefined, 2) });
    } catch (error) {
      setCheck({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
    }
  };
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Button
          variant="default"
          leftSection={<IconPlugConnected size={16} />}
          loading={check.kind === "asking"}
          onClick={() => void ask()}
        >
          {t("connection.askAbout")}
        </Button>
        <Text fz="sm" c="var(--cm-passed)" role="status">
          {check.kind === "answered" && (
            <Group gap={4} component="span" wrap="nowrap">
              <IconCheck size={16} aria-hidden="true" />
              {t("connection.answered", { milliseconds: check.milliseconds })}
            </Group>
          )}
        </Text>
      </Group>
      {check.kind === "answered" && (
        <Code block tabIndex={0} role="region" aria-label={t("connection.about")} style={{ overflowX: "auto" }}>
          {check.body}
        </Code>
      )}
      {check.kind === "failed" && (
        <Notice kind="failed" role="alert">
          {t("connection.noAnswer", { message: check.message })}
        </Notice>
      )}
    </Stack>
  );
}
