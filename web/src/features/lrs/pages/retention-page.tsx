import type { RetentionRuleRow, RetentionRunRow } from "@coursemesh/proto/coursemesh/web/v1/retention_view_pb.ts";
import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import { IconHourglass } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../../components/confirm-dialog.tsx";
import { type Column, DataTable } from "../../../components/data-table.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { GuardedButton } from "../../../components/guarded-button.tsx";
import { ListPanel } from "../../../components/list-panel.tsx";
import { Panel } from "../../../components/panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useChangeRetention, useRetentionRules } from "../api/retention.ts";
import { FilterSummary } from "../components/filter-summary.tsx";
import { RetentionDialog } from "../components/retention-dialog.tsx";
import { filtersOfMessage } from "../statement/filters-of-message.ts";
import { LrsLayout } from "./lrs-layout.tsx";

/** Which statements leave after a time, and what has left. */
export function RetentionPage() {
  const { t } = useTranslation();
  const query = useRetentionRules();
  const { remove } = useChangeRetention();
  const [editing, setEditing] = useState<RetentionRuleRow | "new">();
  const [deleting, setDeleting] = useState<RetentionRuleRow>();
  const nameOf = (rule: RetentionRuleRow | undefined) => rule?.draft?.name ?? "";
  const create = (
    <GuardedButton scope="lrs:admin" leftSection={<IconHourglass size={16} />} onClick={() => setEditing("new")}>
      {t("retention.create")}
    </GuardedButton>
  );
  const state = (rule: RetentionRuleRow) => (
    <Badge color={rule.draft?.enabled ? "teal" : "gray"}>
      {t(rule.draft?.enabled ? "retention.on" : "retention.off")}
    </Badge>
  );
  const keeps = (rule: RetentionRuleRow) => t("retention.days", { count: rule.draft?.keepDays ?? 0 });
  const actions = (rule: RetentionRuleRow) => (
    <Group gap={4} wrap="nowrap">
      <Button
        variant="default"
        size="compact-sm"
        onClick={() => setEditing(rule)}
        aria-label={t("retention.edit", { name: nameOf(rule) })}
      >
        {t("retention.editShort")}
      </Button>
      <Button
        variant="default"
        size="compact-sm"
        onClick={() => setDeleting(rule)}
        aria-label={t("retention.deleteOf", { name: nameOf(rule) })}
      >
        {t("retention.delete")}
      </Button>
    </Group>
  );
  const columns: Column<RetentionRuleRow>[] = [
    { key: "name", header: t("retention.name"), cell: (rule) => <strong>{nameOf(rule)}</strong> },
    { key: "state", header: t("retention.state"), cell: state },
    { key: "keeps", header: t("retention.keeps"), cell: keeps },
    {
      key: "which",
      header: t("retention.which"),
      cell: (rule) => <FilterSummary filters={filtersOfMessage(rule.draft?.filter)} />,
    },
    { key: "run", header: t("retention.lastRun"), cell: (rule) => <TimeText time={rule.lastRunTime} /> },
    { key: "action", header: t("common.actions"), cell: actions },
  ];
  const rules = query.data?.rules;
  return (
    <LrsLayout actions={create}>
      <Stack>
        <ListPanel
          query={query}
          rows={rules}
          columns={columns}
          rowKey={(rule) => rule.id}
          what={t("retention.list")}
          empty={<EmptyState title={t("retention.none")} text={t("retention.noneText")} action={create} />}
          card={(rule) => (
            <Stack gap={6}>
              <Group justify="space-between">
                <strong>{nameOf(rule)}</strong>
                {state(rule)}
              </Group>
              <Text fz="sm">
                {keeps(rule)} · <FilterSummary filters={filtersOfMessage(rule.draft?.filter)} />
              </Text>
              {actions(rule)}
            </Stack>
          )}
        />
        {query.data && query.data.runs.length > 0 && (
          <Panel title={t("retention.runs")}>
            <RunTable runs={query.data.runs} nameOf={(id) => nameOf(rules?.find((rule) => rule.id === id))} />
          </Panel>
        )}
      </Stack>
      {editing && (
        <RetentionDialog rule={editing === "new" ? undefined : editing} onClose={() => setEditing(undefined)} />
      )}
      {deleting && (
        <ConfirmDialog
          title={t("retention.deleteTitle", { name: nameOf(deleting) })}
          verb={t("retention.deleteVerb")}
          failure={t("retention.one")}
          onClose={() => setDeleting(undefined)}
          onConfirm={() => remove.mutateAsync({ id: deleting.id })}
        >
          {t("retention.deleteText")}
        </ConfirmDialog>
      )}
    </LrsLayout>
  );
}

function RunTable(props: { readonly runs: readonly RetentionRunRow[]; readonly nameOf: (ruleId: string) => string }) {
  const { t, i18n } = useTranslation();
  const rule = (run: RetentionRunRow) => props.nameOf(run.ruleId) || t("retention.goneRule");
  const removed = (run: RetentionRunRow) => run.removedCount.toLocaleString(i18n.language);
  const outcome = (run: RetentionRunRow) =>
    run.error ? (
      <Text span fz="sm" c="var(--cm-failed)">
        {run.error}
      </Text>
    ) : run.endTime > 0n ? (
      t("retention.done")
    ) : (
      t("retention.running")
    );
  const columns: Column<RetentionRunRow>[] = [
    { key: "rule", header: t("retention.rule"), cell: rule },
    { key: "start", header: t("retention.started"), cell: (run) => <TimeText time={run.startTime} absolute /> },
    { key: "removed", header: t("retention.removed"), numeric: true, cell: removed },
    { key: "outcome", header: t("retention.outcome"), cell: outcome },
  ];
  return (
    <DataTable
      columns={columns}
      rows={props.runs}
      rowKey={(run) => run.id}
      label={t("retention.runs")}
      card={(run) => (
        <Stack gap={4} fz="sm">
          <Group justify="space-between">
            <span>{rule(run)}</span>
            <TimeText time={run.startTime} absolute />
          </Group>
          <span>
            {t("retention.removed")}: {removed(run)} · {outcome(run)}
          </span>
        </Stack>
      )}
    />
  );
}
