import type { PreviewRetentionRuleResponse } from "@coursemesh/proto/coursemesh/web/v1/retention_view_pb.ts";
import { List, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Notice } from "../../../components/notice.tsx";
import { formatBytes } from "../../../lib/format/bytes.ts";
import { formatDateTime } from "../../../lib/format/time.ts";
import { usePreferences } from "../../../lib/preferences.ts";
import { SentenceText } from "./sentence-text.tsx";

/** Examples that are shown. */
const EXAMPLES = 5;

/** What a rule would remove now: how many, from when to when, and some of them. */
export function RetentionPreview({ preview }: { readonly preview: PreviewRetentionRuleResponse }) {
  const { t, i18n } = useTranslation();
  const { zone } = usePreferences();
  const { statementCount, attachmentBytes, oldestStored, newestStored, examples } = preview;
  if (statementCount === 0n)
    return (
      <Notice kind="neutral" role="status">
        {t("retention.previewNone")}
      </Notice>
    );
  const time = (value: bigint) => formatDateTime(Number(value), i18n.language, zone);
  return (
    <Notice
      kind="warning"
      role="status"
      title={t("retention.previewCount", {
        count: Number(statementCount),
        formatted: statementCount.toLocaleString(i18n.language),
      })}
    >
      <Text fz="sm">
        {t("retention.previewRange", {
          from: time(oldestStored),
          to: time(newestStored),
          size: formatBytes(Number(attachmentBytes), i18n.language),
        })}
      </Text>
      <List fz="sm" mt={4}>
        {examples.slice(0, EXAMPLES).map((row) => (
          <List.Item key={row.id}>
            <SentenceText json={row.json} />
          </List.Item>
        ))}
      </List>
    </Notice>
  );
}
