import type { CallbackRow } from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Column } from "../../../components/data-table.tsx";
import { ListPanel } from "../../../components/list-panel.tsx";
import { Panel } from "../../../components/panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useCallbacks } from "../api/sessions.ts";

const KINDS = ["initialize", "commit", "terminate"] as const;

/** What the package reported to us by itself, newest first. */
export function CallbackList({ sessionId }: { readonly sessionId: string }) {
  const { t } = useTranslation();
  const query = useCallbacks(sessionId);
  const kind = (row: CallbackRow) => {
    const known = KINDS.find((one) => one === row.kind);
    return known ? t(`dispatchResults.callback_${known}`) : row.kind;
  };
  const taken = (row: CallbackRow) =>
    row.refusal || t(row.late ? "dispatchResults.callbackLate" : "dispatchResults.callbackTaken");
  const columns: Column<CallbackRow>[] = [
    { key: "received", header: t("dispatchResults.received"), cell: (row) => <TimeText time={row.receiveTime} /> },
    { key: "kind", header: t("dispatchResults.callbackKind"), cell: kind },
    { key: "number", header: t("dispatchResults.number"), numeric: true, cell: (row) => String(row.sequence) },
    { key: "time", header: t("dispatchResults.theirClock"), cell: (row) => <TimeText time={row.time} absolute /> },
    { key: "taken", header: t("dispatchResults.answer"), cell: taken },
  ];
  return (
    <Panel title={t("dispatchResults.callbacks")}>
      <ListPanel
        query={query}
        rows={query.data?.pages.flatMap((page) => page.callbacks)}
        columns={columns}
        rowKey={({ id }) => id}
        what={t("dispatchResults.callbacksOf")}
        empty={<Text c="dimmed">{t("dispatchResults.noCallbacks")}</Text>}
        card={(row) => (
          <Group justify="space-between" gap="xs">
            <span>{kind(row)}</span>
            <TimeText time={row.receiveTime} />
            <span>{taken(row)}</span>
          </Group>
        )}
      />
    </Panel>
  );
}
