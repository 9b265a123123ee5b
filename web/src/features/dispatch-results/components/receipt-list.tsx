import type { ReceiptRow } from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { Group, Stack, Switch, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Column } from "../../../components/data-table.tsx";
import { ListPanel } from "../../../components/list-panel.tsx";
import { Panel } from "../../../components/panel.tsx";
import { formatDateTime, formatLogTime } from "../../../lib/format/time.ts";
import { usePreferences } from "../../../lib/preferences.ts";
import { useReceipts } from "../api/sessions.ts";
import { useReceiptSentence } from "./receipt-sentence.ts";
import { Outcome } from "./words.tsx";

/** What the host answered, call by call, newest first. */
export function ReceiptList(props: {
  readonly sessionId: string;
  readonly failedOnly: boolean;
  readonly onFailedOnly: (failedOnly: boolean) => void;
}) {
  const { t, i18n } = useTranslation();
  const { failedOnly, onFailedOnly } = props;
  const query = useReceipts(props.sessionId, failedOnly);
  const sentence = useReceiptSentence();
  const columns: Column<ReceiptRow>[] = [
    { key: "time", header: t("dispatchResults.time"), cell: (row) => <LogTime time={row.time} /> },
    { key: "outcome", header: t("dispatchResults.answer"), cell: ({ outcome }) => <Outcome value={outcome} /> },
    { key: "sentence", header: t("dispatchResults.inWords"), cell: sentence },
    { key: "call", header: t("dispatchResults.call"), cell: (row) => <Call row={row} /> },
    { key: "returned", header: t("dispatchResults.returned"), cell: (row) => <code>{row.returned || "—"}</code> },
    { key: "code", header: t("dispatchResults.errorCode"), cell: (row) => <ErrorCode row={row} /> },
    {
      key: "latency",
      header: t("dispatchResults.latency"),
      numeric: true,
      cell: ({ latencyMs }) => t("dispatchResults.ms", { value: latencyMs.toLocaleString(i18n.language) }),
    },
  ];
  return (
    <Panel
      title={t("dispatchResults.receipts")}
      aside={
        <Switch
          label={t("dispatchResults.failedOnly")}
          checked={failedOnly}
          onChange={(event) => onFailedOnly(event.currentTarget.checked)}
        />
      }
    >
      <ListPanel
        query={query}
        rows={query.data?.pages.flatMap((page) => page.receipts)}
        columns={columns}
        rowKey={({ launchId, sequence }) => `${launchId}/${sequence}`}
        what={t("dispatchResults.receiptsOf")}
        filtered={failedOnly}
        onClearFilters={() => onFailedOnly(false)}
        empty={<Text c="dimmed">{t("dispatchResults.noReceipts")}</Text>}
        card={(row) => (
          <Stack gap={4}>
            <Group justify="space-between" gap="xs">
              <Outcome value={row.outcome} />
              <LogTime time={row.time} />
            </Group>
            <Text fz="sm">{sentence(row)}</Text>
            <Call row={row} />
          </Stack>
        )}
      />
    </Panel>
  );
}

function LogTime({ time }: { readonly time: bigint }) {
  const { i18n } = useTranslation();
  const { zone } = usePreferences();
  const moment = Number(time);
  return (
    <time
      dateTime={new Date(moment).toISOString()}
      title={formatDateTime(moment, i18n.language, zone)}
      style={{ whiteSpace: "nowrap" }}
    >
      {formatLogTime(moment, zone)}
    </time>
  );
}

function Call({ row }: { readonly row: ReceiptRow }) {
  const given = [row.element, row.value].filter((text) => text !== "").map((text) => `"${text}"`);
  return (
    <code style={{ overflowWrap: "anywhere", fontSize: 12 }}>
      {row.call}({given.join(", ")})
    </code>
  );
}

function ErrorCode({ row }: { readonly row: ReceiptRow }) {
  const none = row.errorCode === "" || row.errorCode === "0";
  return none ? (
    <span>{row.errorCode || "—"}</span>
  ) : (
    <Text span fz="sm" title={row.errorText}>
      {row.errorCode} {row.errorText}
    </Text>
  );
}
