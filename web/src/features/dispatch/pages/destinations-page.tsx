import type { DestinationRow } from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { Checkbox, Group, Select, Stack, Text } from "@mantine/core";
import { IconBuilding } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { Column } from "../../../components/data-table.tsx";
import { DispatchLayout } from "../../../components/dispatch-layout.tsx";
import { FilterBar } from "../../../components/filter-bar.tsx";
import { GuardedButton } from "../../../components/guarded-button.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { ListPanel } from "../../../components/list-panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useCan, useOrganization } from "../../../lib/session/use-session.tsx";
import { type DestinationFilters, useDestinations } from "../api/destinations.ts";
import { PauseDestination } from "../components/destination-actions.tsx";
import { DestinationDialog } from "../components/destination-dialog.tsx";
import { DestinationState } from "../components/destination-state.tsx";
import { ThreeSteps } from "../components/three-steps.tsx";
import { UsageBar } from "../components/usage-bar.tsx";

const STATES = ["active", "paused"] as const;

/** Customers, each at a glance. */
export function DestinationsPage(props: {
  readonly filters: DestinationFilters;
  readonly onFilters: (filters: DestinationFilters) => void;
  readonly creating: boolean;
  readonly onCreating: (creating: boolean) => void;
  readonly onCreated: (id: string) => void;
}) {
  const { t } = useTranslation();
  const { filters, onFilters } = props;
  const query = useDestinations(filters);
  const mayWrite = useCan("dispatch:write");
  const columns = useDestinationColumns();
  const rows = query.data?.pages.flatMap((page) => page.destinations);
  const isFiltered = Boolean(filters.q || filters.state || filters.silent);
  const isEmpty = rows?.length === 0 && !isFiltered;
  const create = (
    <GuardedButton
      scope="dispatch:write"
      leftSection={<IconBuilding size={16} />}
      onClick={() => props.onCreating(true)}
    >
      {t("dispatch.createDestination")}
    </GuardedButton>
  );
  return (
    <DispatchLayout actions={isEmpty ? undefined : create}>
      {!isEmpty && (
        <FilterBar
          query={filters.q ?? ""}
          onQuery={(q) => onFilters({ ...filters, q: q.trim() || undefined })}
          searchLabel={t("dispatch.searchDestinations")}
          activeFilters={(filters.state ? 1 : 0) + (filters.silent ? 1 : 0)}
        >
          <Select
            aria-label={t("dispatch.status")}
            placeholder={t("dispatch.anyStatus")}
            clearable
            w={170}
            data={STATES.map((value) => ({ value, label: t(`dispatch.state_${value}`) }))}
            value={filters.state ?? null}
            onChange={(value) => onFilters({ ...filters, state: STATES.find((known) => known === value) })}
          />
          <Checkbox
            label={t("dispatch.silentOnly")}
            checked={filters.silent ?? false}
            onChange={(event) => onFilters({ ...filters, silent: event.currentTarget.checked || undefined })}
          />
        </FilterBar>
      )}
      <ListPanel
        query={query}
        rows={rows}
        columns={columns}
        rowKey={({ id }) => id}
        what={t("dispatch.destinations")}
        total={query.data?.pages[0]?.total}
        filtered={isFiltered}
        onClearFilters={() => onFilters({})}
        empty={<ThreeSteps title={t("dispatch.noDestinations")} actions={create} />}
        card={(row) => <DestinationCard row={row} />}
      />
      {props.creating && mayWrite && (
        <DestinationDialog onClose={() => props.onCreating(false)} onCreated={props.onCreated} />
      )}
    </DispatchLayout>
  );
}

function useDestinationColumns(): Column<DestinationRow>[] {
  const { t, i18n } = useTranslation();
  const number = (value: bigint | number) => value.toLocaleString(i18n.language);
  return [
    { key: "name", header: t("dispatch.destination"), cell: (row) => <DestinationName row={row} /> },
    { key: "state", header: t("dispatch.status"), cell: (row) => <DestinationState destination={row} /> },
    { key: "lms", header: t("dispatch.lmsProduct"), cell: ({ lmsProduct }) => lmsProduct || "—" },
    {
      key: "dispatches",
      header: t("dispatch.dispatches"),
      numeric: true,
      cell: ({ dispatchCount }) => number(dispatchCount),
    },
    {
      key: "usage",
      header: t("dispatch.usage"),
      cell: ({ usage, terms, name }) => <UsageBar usage={usage} terms={terms} name={name} />,
    },
    {
      key: "launches",
      header: t("dispatch.launches30"),
      numeric: true,
      cell: ({ launchCount }) => number(launchCount),
    },
    {
      key: "last",
      header: t("dispatch.lastContact"),
      cell: ({ lastContactTime }) => <TimeText time={lastContactTime} />,
    },
  ];
}

function DestinationName({ row }: { readonly row: DestinationRow }) {
  const { slug } = useOrganization();
  return (
    <Stack gap={0} miw={0} maw={300}>
      <AnchorLink
        to="/o/$org/dispatch/destinations/$destinationId"
        params={{ org: slug, destinationId: row.id }}
        fw={500}
        fz="sm"
        truncate
        title={row.name}
      >
        {row.name}
      </AnchorLink>
      <Text fz="xs" c="dimmed" truncate>
        {row.email || row.tags.join(", ") || "—"}
      </Text>
    </Stack>
  );
}

function DestinationCard({ row }: { readonly row: DestinationRow }) {
  return (
    <Stack gap={6}>
      <DestinationName row={row} />
      <DestinationState destination={row} />
      <UsageBar usage={row.usage} terms={row.terms} name={row.name} width="100%" />
      <Group>
        <PauseDestination destination={row} />
      </Group>
    </Stack>
  );
}
