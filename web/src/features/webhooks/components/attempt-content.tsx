import type { AttemptRow } from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";
import { Button, CopyButton, Group, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { CodeBlock, prettyJson } from "../../../components/code-block.tsx";
import { Notice } from "../../../components/notice.tsx";
import { Facts } from "../../../components/panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { usePhone } from "../../../lib/use-phone.ts";
import { curlOf } from "../delivery/curl-of.ts";
import { useOutcomeSentence } from "./outcome-text.tsx";

/** One request and what came back, side by side; the response first on a phone. */
export function AttemptContent({ attempt }: { readonly attempt: AttemptRow }) {
  const { t, i18n } = useTranslation();
  const phone = usePhone();
  const sentence = useOutcomeSentence();
  const good = attempt.outcome === "delivered";
  const request = <RequestPart key="request" attempt={attempt} />;
  const response = <ResponsePart key="response" attempt={attempt} />;
  return (
    <Stack>
      <Notice kind={good ? "passed" : "failed"}>
        <Text fz="sm" fw={600} c={good ? "var(--cm-passed)" : "var(--cm-failed)"}>
          {sentence(attempt)}
        </Text>
        {attempt.error && !good && (
          <Text fz="sm" style={{ overflowWrap: "anywhere" }}>
            {attempt.error}
          </Text>
        )}
        {attempt.retryAfterSeconds > 0 && (
          <Text fz="sm">{t("webhooks.retryAfter", { seconds: attempt.retryAfterSeconds })}</Text>
        )}
      </Notice>
      <Facts
        facts={[
          [t("webhooks.time"), <TimeText key="time" time={attempt.startTime} absolute />],
          [t("webhooks.latency"), t("webhooks.ms", { value: attempt.latencyMs.toLocaleString(i18n.language) })],
          [t("webhooks.httpStatus"), attempt.httpStatus || "—"],
          [t("webhooks.address"), attempt.ipAddress || "—"],
        ]}
      />
      <SimpleGrid cols={{ base: 1, md: 2 }}>{phone ? [response, request] : [request, response]}</SimpleGrid>
    </Stack>
  );
}

function RequestPart({ attempt }: { readonly attempt: AttemptRow }) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm" miw={0}>
      <Group justify="space-between">
        <Title order={3}>{t("webhooks.request")}</Title>
        <CopyButton value={curlOf(attempt)} timeout={1500}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              size="compact-sm"
              leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
              onClick={copy}
            >
              {t(copied ? "common.copied" : "webhooks.copyCurl")}
            </Button>
          )}
        </CopyButton>
      </Group>
      <CodeBlock
        label={t("webhooks.requestHeaders")}
        value={headerText(attempt.requestHeaders, `POST ${attempt.requestUrl}`)}
        maxHeight={220}
      />
      <CodeBlock label={t("webhooks.requestBody")} value={prettyJson(attempt.requestBody)} />
    </Stack>
  );
}

function ResponsePart({ attempt }: { readonly attempt: AttemptRow }) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm" miw={0}>
      <Group mih={26}>
        <Title order={3}>{t("webhooks.response")}</Title>
      </Group>
      {attempt.httpStatus === 0 ? (
        <Text fz="sm" c="dimmed">
          {t("webhooks.noResponse")}
        </Text>
      ) : (
        <>
          <CodeBlock
            label={t("webhooks.responseHeaders")}
            value={headerText(attempt.responseHeaders, `HTTP ${attempt.httpStatus}`)}
            maxHeight={220}
          />
          {attempt.responseBody ? (
            <CodeBlock label={t("webhooks.responseBody")} value={prettyJson(attempt.responseBody)} />
          ) : (
            <Text fz="sm" c="dimmed">
              {t("webhooks.emptyBody")}
            </Text>
          )}
          {attempt.responseTruncated && (
            <Text fz="xs" c="dimmed">
              {t("webhooks.truncated")}
            </Text>
          )}
        </>
      )}
    </Stack>
  );
}

function headerText(headers: Readonly<Record<string, string>>, first: string): string {
  return [first, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)].join("\n");
}
