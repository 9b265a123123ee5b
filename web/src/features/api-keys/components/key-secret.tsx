import type { CreateApiKeyResponse } from "@coursemesh/proto/coursemesh/web/v1/people_view_pb.ts";
import { Button, Code, Group, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { CopyButton } from "../../../components/copy-button.tsx";
import { Notice } from "../../../components/notice.tsx";
import { curlExample } from "../key-state.ts";

/** The secret, once, with a call that runs as it stands. */
export function KeySecret({
  answer,
  onClose,
}: {
  readonly answer: CreateApiKeyResponse;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const id = answer.apiKey?.id ?? "";
  return (
    <Stack>
      <Notice kind="warning" icon={<IconAlertTriangle size={18} />}>
        {t("apiKeys.onlyOnce")}
      </Notice>
      <Line label={t("apiKeys.id")} value={id} />
      <Line label={t("apiKeys.secret")} value={answer.secret} />
      <Line
        label={t("apiKeys.tryIt")}
        value={curlExample(location.origin, id, answer.secret, answer.apiKey?.scopes ?? [])}
      />
      <Group justify="flex-end">
        <Button onClick={onClose} data-autofocus>
          {t("apiKeys.keptIt")}
        </Button>
      </Group>
    </Stack>
  );
}

function Line({ label, value }: { readonly label: string; readonly value: string }) {
  const { t } = useTranslation();
  return (
    <div>
      <Text fz="xs" c="dimmed" mb={2}>
        {label}
      </Text>
      <Group gap={4} wrap="nowrap">
        <Code block flex={1} style={{ overflowX: "auto", minWidth: 0 }} tabIndex={0}>
          {value}
        </Code>
        <CopyButton value={value} label={t("common.copyNamed", { name: label })} />
      </Group>
    </div>
  );
}
