import type { AttemptRow } from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";
import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Notice } from "../../../components/notice.tsx";
import { useOutcomeSentence } from "./outcome-text.tsx";

/** What came back of a test: in words, with the beginning of the answer. */
export function TestResult({ attempt }: { readonly attempt: AttemptRow }) {
  const { t } = useTranslation();
  const sentence = useOutcomeSentence();
  const good = attempt.outcome === "delivered";
  return (
    <Notice kind={good ? "passed" : "failed"} role="status" title={t(good ? "webhooks.testGood" : "webhooks.testBad")}>
      <Stack gap={4}>
        <Text fz="sm">{sentence(attempt)}</Text>
        {attempt.error && !good && (
          <Text fz="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
            {attempt.error}
          </Text>
        )}
        {attempt.responseBody && (
          <Text fz="xs" ff="monospace" lineClamp={4} style={{ overflowWrap: "anywhere" }}>
            {attempt.responseBody}
          </Text>
        )}
      </Stack>
    </Notice>
  );
}
