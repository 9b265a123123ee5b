import { Button, Code, Group, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconLock, IconPlugConnectedX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { errorFacts } from "../lib/rpc/error-facts.ts";
import { CopyButton } from "./copy-button.tsx";
import { Notice } from "./notice.tsx";

/** What failed, what can be done, and the request id to quote. `what` names the part: "the courses". */
export function ErrorPanel(props: { readonly error: unknown; readonly what: string; readonly onRetry?: () => void }) {
  const { t } = useTranslation();
  const facts = errorFacts(props.error);
  const forbidden = facts.kind === "forbidden";
  const Icon = forbidden ? IconLock : facts.kind === "offline" ? IconPlugConnectedX : IconAlertTriangle;
  return (
    <Notice
      role="alert"
      kind={forbidden ? "neutral" : "failed"}
      icon={<Icon size={18} />}
      title={forbidden ? t("error.forbiddenTitle", { what: props.what }) : t("error.title", { what: props.what })}
    >
      <Stack gap="xs" align="flex-start">
        <Text fz="sm" maw="72ch">
          {forbidden
            ? t("error.forbidden", { permission: facts.permission || t("error.unnamedPermission") })
            : t(`error.${facts.kind}`, { message: facts.message })}
        </Text>
        {!forbidden && facts.kind !== "offline" && facts.message && <Text fz="sm">{facts.message}</Text>}
        <Group gap="xs">
          {props.onRetry && !forbidden && (
            <Button variant="default" onClick={props.onRetry}>
              {t("common.retry")}
            </Button>
          )}
          {facts.requestId && (
            <Group gap={4} wrap="nowrap">
              <Text fz="xs" c="dimmed">
                {t("error.requestId")}
              </Text>
              <Code>{facts.requestId}</Code>
              <CopyButton value={facts.requestId} label={t("error.copyRequestId")} />
            </Group>
          )}
        </Group>
      </Stack>
    </Notice>
  );
}
