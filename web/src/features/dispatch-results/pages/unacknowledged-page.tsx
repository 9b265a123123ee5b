import type { UnacknowledgedRow } from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Column } from "../../../components/data-table.tsx";
import { DispatchLayout } from "../../../components/dispatch-layout.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { ListPanel } from "../../../components/list-panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { type ResultFilters, useUnacknowledged } from "../api/sessions.ts";
import { LearnerName, learnerText } from "../components/learner-name.tsx";
import { useReceiptSentence } from "../components/receipt-sentence.ts";
import { ResultActions } from "../components/result-actions.tsx";
import { ResultText } from "../components/result-text.tsx";
import { ScopeNote } from "../components/scope-note.tsx";
import { Acknowledgement } from "../components/words.tsx";

/** Everything that is finished here and not acknowledged there, oldest first. */
export function UnacknowledgedPage(props: {
  readonly filters: ResultFilters;
  readonly onFilters: (filters: ResultFilters) => void;
}) {
  const { t } = useTranslation();
  const { filters, onFilters } = props;
  const query = useUnacknowledged(filters);
  const rows = query.data?.pages.flatMap((page) => page.results);
  const columns: Column<UnacknowledgedRow>[] = [
    {
      key: "learner",
      header: t("dispatchResults.learner"),
      cell: ({ session }) => session && <LearnerName session={session} />,
    },
    { key: "of", header: t("dispatchResults.dispatch"), cell: (row) => <OfDispatch row={row} /> },
    {
      key: "result",
      header: t("dispatchResults.here"),
      cell: ({ session }) => <ResultText result={session?.ours} none={t("dispatchResults.noResult")} />,
    },
    { key: "reply", header: t("dispatchResults.reply"), cell: (row) => <LastReply row={row} /> },
    { key: "attempts", header: t("dispatchResults.attempts"), numeric: true, cell: (row) => row.attemptCount },
    { key: "since", header: t("dispatchResults.openSince"), cell: ({ since }) => <TimeText time={since} /> },
    { key: "actions", header: t("common.actions"), cell: (row) => <Actions row={row} /> },
  ];
  const scoped = Boolean(filters.dispatch || filters.destination);
  const [first] = rows ?? [];
  return (
    <DispatchLayout>
      <Text fz="sm" c="dimmed" maw="72ch" mb="sm">
        {t("dispatchResults.resultsIntro")}
      </Text>
      {scoped && (
        <ScopeNote
          name={filters.dispatch ? first?.session?.dispatchName : first?.session?.destinationName}
          onClear={() => onFilters({})}
        />
      )}
      <ListPanel
        query={query}
        rows={rows}
        columns={columns}
        rowKey={({ session }) => session?.id ?? ""}
        what={t("dispatchResults.results")}
        total={query.data?.pages[0]?.total}
        filtered={scoped}
        onClearFilters={() => onFilters({})}
        empty={<EmptyState title={t("dispatchResults.noResults")} text={t("dispatchResults.noResultsText")} />}
        card={(row) => (
          <Stack gap={6}>
            <Group justify="space-between" wrap="nowrap" gap="xs">
              {row.session && <LearnerName session={row.session} />}
              <TimeText time={row.since} />
            </Group>
            <ResultText result={row.session?.ours} none={t("dispatchResults.noResult")} />
            <LastReply row={row} />
            <Actions row={row} />
          </Stack>
        )}
      />
    </DispatchLayout>
  );
}

function OfDispatch({ row }: { readonly row: UnacknowledgedRow }) {
  return (
    <Stack gap={0} miw={0} maw={200}>
      <Text fz="sm" truncate title={row.session?.dispatchName}>
        {row.session?.dispatchName || "—"}
      </Text>
      <Text fz="xs" c="dimmed" truncate title={row.session?.destinationName}>
        {row.session?.destinationName}
      </Text>
    </Stack>
  );
}

/** Silent is not refused: each is said in its own words. */
function LastReply({ row }: { readonly row: UnacknowledgedRow }) {
  const { t } = useTranslation();
  const sentence = useReceiptSentence();
  return (
    <Stack gap={2} maw={320}>
      <Acknowledgement value={row.session?.acknowledgement ?? ""} />
      <Text fz="sm" style={{ overflowWrap: "anywhere" }}>
        {row.telling ? sentence(row.telling) : t("dispatchResults.neverTold")}
      </Text>
    </Stack>
  );
}

function Actions({ row }: { readonly row: UnacknowledgedRow }) {
  return row.session ? <ResultActions sessionId={row.session.id} learner={learnerText(row.session)} /> : null;
}
