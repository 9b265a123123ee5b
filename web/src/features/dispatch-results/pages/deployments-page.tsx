import type { DeploymentRow } from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { Group, Select, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Column } from "../../../components/data-table.tsx";
import { DispatchLayout } from "../../../components/dispatch-layout.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { FilterBar } from "../../../components/filter-bar.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { ListPanel } from "../../../components/list-panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { type DeploymentFilters, STATUSES, TROUBLES, useDeployments } from "../api/deployments.ts";
import { ScopeNote } from "../components/scope-note.tsx";
import { DeploymentStatus } from "../components/words.tsx";

/** Where packages are, and whether their hosts take results. */
export function DeploymentsPage(props: {
  readonly filters: DeploymentFilters;
  readonly onFilters: (filters: DeploymentFilters) => void;
}) {
  const { t } = useTranslation();
  const { filters, onFilters } = props;
  const query = useDeployments(filters);
  const columns = useDeploymentColumns();
  const rows = query.data?.pages.flatMap((page) => page.deployments);
  const scoped = Boolean(filters.dispatch || filters.destination);
  return (
    <DispatchLayout>
      <FilterBar
        query={filters.q ?? ""}
        onQuery={(q) => onFilters({ ...filters, q: q.trim() || undefined })}
        searchLabel={t("dispatchResults.searchDeployments")}
        activeFilters={(filters.status ? 1 : 0) + (filters.trouble ? 1 : 0)}
      >
        <Select
          aria-label={t("dispatchResults.trouble")}
          placeholder={t("dispatchResults.anyTrouble")}
          clearable
          w={220}
          data={TROUBLES.map((value) => ({ value, label: t(`dispatchResults.trouble_${value}`) }))}
          value={filters.trouble ?? null}
          onChange={(value) => onFilters({ ...filters, trouble: TROUBLES.find((known) => known === value) })}
        />
        <Select
          aria-label={t("dispatchResults.status")}
          placeholder={t("dispatchResults.anyStatus")}
          clearable
          w={160}
          data={STATUSES.map((value) => ({ value, label: t(`dispatchResults.status_${value}`) }))}
          value={filters.status ?? null}
          onChange={(value) => onFilters({ ...filters, status: STATUSES.find((known) => known === value) })}
        />
      </FilterBar>
      {scoped && (
        <ScopeNote
          name={filters.dispatch ? rows?.[0]?.dispatchName : rows?.[0]?.destinationName}
          onClear={() => onFilters({ ...filters, dispatch: undefined, destination: undefined })}
        />
      )}
      <ListPanel
        query={query}
        rows={rows}
        columns={columns}
        rowKey={({ id }) => id}
        card={(row) => <DeploymentCard row={row} />}
        what={t("dispatchResults.deployments")}
        total={query.data?.pages[0]?.total}
        filtered={Boolean(filters.q || filters.status || filters.trouble || scoped)}
        onClearFilters={() => onFilters({})}
        empty={<EmptyState title={t("dispatchResults.noDeployments")} text={t("dispatchResults.noDeploymentsText")} />}
      />
    </DispatchLayout>
  );
}

function useDeploymentColumns(): Column<DeploymentRow>[] {
  const { t, i18n } = useTranslation();
  const number = (value: bigint) => value.toLocaleString(i18n.language);
  return [
    { key: "host", header: t("dispatchResults.host"), cell: (row) => <HostName row={row} /> },
    { key: "dispatch", header: t("dispatchResults.dispatch"), cell: (row) => <DispatchName row={row} /> },
    { key: "status", header: t("dispatchResults.status"), cell: ({ status }) => <DeploymentStatus status={status} /> },
    {
      key: "launcher",
      header: t("dispatchResults.launcher"),
      cell: (row) => <LauncherText row={row} />,
    },
    { key: "launches", header: t("dispatchResults.launches"), numeric: true, cell: (row) => number(row.launchCount) },
    {
      key: "learners",
      header: t("dispatchResults.learners"),
      numeric: true,
      cell: (row) => number(row.uniqueLearnerCount),
    },
    { key: "open", header: t("dispatchResults.open"), cell: (row) => <OpenResults row={row} /> },
    { key: "last", header: t("dispatchResults.lastLaunch"), cell: (row) => <TimeText time={row.lastActivityTime} /> },
  ];
}

function HostName({ row }: { readonly row: DeploymentRow }) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const more = [row.lmsCourseId, row.lmsProduct].filter((text) => text !== "").join(" · ");
  return (
    <Stack gap={0} miw={0} maw={280}>
      <AnchorLink
        to="/o/$org/dispatch/deployments/$deploymentId"
        params={{ org: slug, deploymentId: row.id }}
        fw={500}
        fz="sm"
        truncate
      >
        {row.lmsDomain || t("dispatchResults.unknownHost")}
      </AnchorLink>
      {more && (
        <Text fz="xs" c="dimmed" truncate title={more}>
          {more}
        </Text>
      )}
    </Stack>
  );
}

function DispatchName({ row }: { readonly row: DeploymentRow }) {
  return (
    <Stack gap={0} miw={0} maw={240}>
      <Text fz="sm" truncate title={row.dispatchName}>
        {row.dispatchName || "—"}
      </Text>
      <Text fz="xs" c="dimmed" truncate title={row.destinationName}>
        {row.destinationName}
      </Text>
    </Stack>
  );
}

/** The launcher in the package, and whether packages are made with a newer one. */
export function LauncherText({ row }: { readonly row: DeploymentRow }) {
  const { t } = useTranslation();
  if (!row.launcherVersion) return <span>—</span>;
  return (
    <Text component="span" fz="sm" style={{ whiteSpace: "nowrap" }}>
      <code title={row.launcherVersion}>{row.launcherVersion.slice(0, 7)}</code>
      {row.launcherOutdated && (
        <Text span fz="xs" c="var(--cm-incomplete)">
          {" "}
          {t("dispatchResults.outdated")}
        </Text>
      )}
    </Text>
  );
}

/** Results that only we have; the refused among them. */
function OpenResults({ row }: { readonly row: DeploymentRow }) {
  const { t } = useTranslation();
  const count = Number(row.unacknowledgedCount);
  const refused = Number(row.refusedCount);
  if (count === 0)
    return (
      <Text span fz="sm" c="dimmed">
        {t("dispatchResults.allTaken")}
      </Text>
    );
  return (
    <Text span fz="sm" c={refused > 0 ? "var(--cm-failed)" : "var(--cm-incomplete)"} style={{ whiteSpace: "nowrap" }}>
      {t("dispatchResults.openCount", { count })}
      {refused > 0 && `, ${t("dispatchResults.refusedCount", { count: refused })}`}
    </Text>
  );
}

function DeploymentCard({ row }: { readonly row: DeploymentRow }) {
  return (
    <Stack gap={4}>
      <HostName row={row} />
      <Group gap="md" fz="sm">
        <DeploymentStatus status={row.status} />
        <OpenResults row={row} />
        <TimeText time={row.lastActivityTime} />
      </Group>
    </Stack>
  );
}
