import { Button, Checkbox, Select, TextInput } from "@mantine/core";
import { IconPackageExport } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DispatchLayout } from "../../../components/dispatch-layout.tsx";
import { FilterBar } from "../../../components/filter-bar.tsx";
import { GuardedButton } from "../../../components/guarded-button.tsx";
import { ListPanel } from "../../../components/list-panel.tsx";
import { useCan } from "../../../lib/session/use-session.tsx";
import { type DispatchFilters, ORDERS, STATUSES, useDispatchChoices, useDispatches } from "../api/dispatches.ts";
import { BulkBar } from "../components/bulk-bar.tsx";
import { DashboardCards } from "../components/dashboard-cards.tsx";
import { DispatchCard, useDispatchColumns } from "../components/dispatch-list.tsx";
import { ThreeSteps } from "../components/three-steps.tsx";

/** All dispatches with what needs somebody, and what can be done with many at once. */
export function DispatchesPage(props: {
  readonly filters: DispatchFilters;
  readonly onFilters: (filters: DispatchFilters) => void;
  readonly onCreate: () => void;
}) {
  const { t } = useTranslation();
  const { filters, onFilters } = props;
  const query = useDispatches(filters);
  const mayWrite = useCan("dispatch:write");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const rows = query.data?.pages.flatMap((page) => page.dispatches);
  const choice = mayWrite ? { ids: chosen, onChange: setChosen } : undefined;
  const columns = useDispatchColumns(choice);
  const filterCount = [filters.status, filters.course, filters.destination, filters.tag].filter(Boolean).length;
  const isFiltered = Boolean(filters.q) || filterCount > 0;
  const create = (
    <GuardedButton scope="dispatch:write" leftSection={<IconPackageExport size={16} />} onClick={props.onCreate}>
      {t("dispatch.create")}
    </GuardedButton>
  );
  // Only rows on screen can be acted on: what a filter hides is not chosen any more.
  const shown = (rows ?? []).filter(({ id }) => chosen.has(id)).map(({ id }) => id);
  const isEmpty = rows?.length === 0 && !isFiltered;
  return (
    <DispatchLayout actions={isEmpty ? undefined : create}>
      <DashboardCards />
      {!isEmpty && (
        <FilterBar
          query={filters.q ?? ""}
          onQuery={(q) => onFilters({ ...filters, q: q.trim() || undefined })}
          searchLabel={t("dispatch.searchDispatches")}
          activeFilters={filterCount}
        >
          <Filters filters={filters} onFilters={onFilters} />
        </FilterBar>
      )}
      {choice && rows !== undefined && rows.length > 1 && (
        <Checkbox
          mb="xs"
          size="xs"
          label={t("dispatch.chooseAll", { count: rows.length })}
          checked={shown.length === rows.length}
          indeterminate={shown.length > 0 && shown.length < rows.length}
          onChange={(event) => setChosen(new Set(event.currentTarget.checked ? rows.map(({ id }) => id) : []))}
        />
      )}
      <BulkBar
        ids={shown}
        nameOf={(id) => rows?.find((row) => row.id === id)?.name ?? id}
        onClear={() => setChosen(new Set())}
      />
      <ListPanel
        query={query}
        rows={rows}
        columns={columns}
        rowKey={(row) => row.id}
        what={t("dispatch.list")}
        total={query.data?.pages[0]?.total}
        filtered={isFiltered}
        onClearFilters={() => onFilters({ order: filters.order })}
        empty={<ThreeSteps title={t("dispatch.none")} actions={create} />}
        card={(row) => <DispatchCard row={row} {...(choice && { choice })} />}
      />
    </DispatchLayout>
  );
}

function Filters(props: { readonly filters: DispatchFilters; readonly onFilters: (filters: DispatchFilters) => void }) {
  const { t } = useTranslation();
  const { filters, onFilters } = props;
  const choices = useDispatchChoices().data;
  return (
    <>
      <Select
        aria-label={t("dispatch.status")}
        placeholder={t("dispatch.anyStatus")}
        clearable
        w={170}
        data={STATUSES.map((value) => ({ value, label: t(`dispatch.status_${value}`) }))}
        value={filters.status ?? null}
        onChange={(value) => onFilters({ ...filters, status: STATUSES.find((known) => known === value) })}
      />
      <Select
        aria-label={t("dispatch.destination")}
        placeholder={t("dispatch.anyDestination")}
        clearable
        searchable
        w={190}
        data={(choices?.destinations ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={filters.destination ?? null}
        onChange={(value) => onFilters({ ...filters, destination: value ?? undefined })}
      />
      <Select
        aria-label={t("dispatch.course")}
        placeholder={t("dispatch.anyCourse")}
        clearable
        searchable
        w={190}
        data={(choices?.courses ?? []).map(({ id, title }) => ({ value: id, label: title }))}
        value={filters.course ?? null}
        onChange={(value) => onFilters({ ...filters, course: value ?? undefined })}
      />
      <TagField filters={filters} onFilters={onFilters} />
      <Select
        aria-label={t("dispatch.order")}
        allowDeselect={false}
        w={170}
        data={ORDERS.map((value) => ({ value, label: t(`dispatch.order_${value}`) }))}
        value={filters.order ?? "updated"}
        onChange={(value) => {
          const order = ORDERS.find((known) => known === value);
          onFilters({ ...filters, order: order === "updated" ? undefined : order });
        }}
      />
    </>
  );
}

/** A tag is asked for when it is whole. */
function TagField(props: {
  readonly filters: DispatchFilters;
  readonly onFilters: (filters: DispatchFilters) => void;
}) {
  const { t } = useTranslation();
  const { filters, onFilters } = props;
  const [text, setText] = useState(filters.tag ?? "");
  const ask = (tag: string) => onFilters({ ...filters, tag: tag.trim() || undefined });
  return (
    <TextInput
      aria-label={t("dispatch.tag")}
      placeholder={t("dispatch.tag")}
      w={130}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => ask(text)}
      onKeyDown={(event) => event.key === "Enter" && ask(text)}
      rightSection={
        text && (
          <Button
            variant="subtle"
            size="compact-xs"
            aria-label={t("dispatch.clearTag")}
            onClick={() => {
              setText("");
              ask("");
            }}
          >
            ×
          </Button>
        )
      }
    />
  );
}
