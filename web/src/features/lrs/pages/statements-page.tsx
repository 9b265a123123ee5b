import type { StatementRow } from "@coursemesh/proto/coursemesh/web/v1/statement_view_pb.ts";
import { Button, Group, Select } from "@mantine/core";
import { IconAntenna } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../components/empty-state.tsx";
import { FilterBar } from "../../../components/filter-bar.tsx";
import { ButtonLink } from "../../../components/links.tsx";
import { ListPanel } from "../../../components/list-panel.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { useScrolledAway } from "../../../lib/use-scrolled-away.ts";
import { useStatements, useTail } from "../api/statements.ts";
import { ExportMenu } from "../components/export-menu.tsx";
import { LiveBar } from "../components/live-bar.tsx";
import { RequestPanel } from "../components/request-panel.tsx";
import { StatementCard, useStatementColumns } from "../components/statement-columns.tsx";
import { StatementDrawer } from "../components/statement-drawer.tsx";
import { RelatedFields, StatementFilterFields, StoredRangeFields } from "../components/statement-filter-fields.tsx";
import { curlToStore } from "../statement/equivalent-request.ts";
import { activeFilters, invalidFilters, type StatementFilters } from "../statement/statement-filters.ts";
import type { TailState } from "../statement/statement-tail.ts";
import { LrsLayout } from "./lrs-layout.tsx";

/** What was recorded in the Experience API: a list to filter, a live tail, and one statement whole. */
export function StatementsPage(props: {
  readonly filters: StatementFilters;
  /** Other filters instead of the present ones. */
  readonly onFilters: (filters: StatementFilters) => void;
  /** Some filters changed; the others stay. */
  readonly onChange: (change: StatementFilters) => void;
  readonly live: boolean;
  readonly onLive: (live: boolean) => void;
  /** Id of the statement that is open, empty for none. */
  readonly open: string;
  readonly onOpen: (id: string) => void;
}) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const { filters, onFilters, onChange, onOpen } = props;
  // A tail has no end, and it is newest first.
  const canLive = !filters.until && !filters.ascending;
  const query = useStatements(filters);
  const live = props.live && canLive;
  const { tail, state } = useTail(filters, live);
  const [paused, setPaused] = useState(false);
  const away = useScrolledAway();
  useEffect(() => tail.hold(live && (paused || away)), [tail, live, paused, away]);
  const columns = useStatementColumns(onOpen);
  const endpoint = query.data?.pages[0]?.endpoint ?? `${location.origin}/xapi`;
  const listed = query.data?.pages.flatMap((page) => page.statements);
  const rows = canLive ? withArrivals(listed, state) : listed;
  const active = activeFilters(filters);
  return (
    <LrsLayout
      actions={
        <>
          <ExportMenu filters={filters} />
          <Button
            variant={live ? "light" : "default"}
            leftSection={<IconAntenna size={16} />}
            aria-pressed={live}
            disabled={!canLive}
            title={canLive ? undefined : t("statements.liveNot")}
            onClick={() => {
              setPaused(false);
              props.onLive(!props.live);
            }}
          >
            {t("statements.live")}
          </Button>
        </>
      }
    >
      <FilterBar
        query={filters.agent ?? ""}
        onQuery={(agent) => onChange({ agent: agent.trim() || undefined })}
        searchLabel={t("statements.agentSearch")}
        searchError={invalidFilters(filters).has("agent") ? t("statements.agentInvalid") : undefined}
        activeFilters={active - (filters.agent ? 1 : 0)}
      >
        <StatementFilterFields filters={filters} onChange={onChange} withAgent={false} />
        <StoredRangeFields filters={filters} onChange={onChange} />
        <Select
          aria-label={t("statements.order")}
          allowDeselect={false}
          w={150}
          value={filters.ascending ? "ascending" : "descending"}
          data={(["descending", "ascending"] as const).map((value) => ({ value, label: t(`statements.${value}`) }))}
          onChange={(value) => onChange({ ascending: value === "ascending" || undefined })}
        />
        <RelatedFields filters={filters} onChange={onChange} />
      </FilterBar>
      <RequestPanel endpoint={endpoint} filters={filters} />
      {live && <LiveBar tail={tail} state={state} paused={paused || away} onPaused={setPaused} />}
      <ListPanel
        query={query}
        rows={rows}
        columns={columns}
        rowKey={(row) => row.id}
        card={(row) => <StatementCard row={row} onOpen={onOpen} />}
        what={t("statements.what")}
        filtered={active > 0}
        onClearFilters={() => onFilters({})}
        empty={
          <EmptyState
            title={t("statements.none")}
            text={t("statements.noneText", { endpoint })}
            action={
              <Group gap="xs">
                <ButtonLink to="/o/$org/lrs/connection" params={{ org: slug }}>
                  {t("statements.connect")}
                </ButtonLink>
              </Group>
            }
            command={curlToStore(endpoint)}
          />
        }
      />
      {props.open && (
        <StatementDrawer
          key={props.open}
          id={props.open}
          endpoint={endpoint}
          onClose={() => onOpen("")}
          onOpen={onOpen}
          onFilter={onFilters}
        />
      )}
    </LrsLayout>
  );
}

/** What arrived since the list was read goes on top; what waits stays out of it. The list knows better whether one was voided since. */
function withArrivals(listed: StatementRow[] | undefined, { rows, waiting }: TailState): StatementRow[] | undefined {
  if (!listed) return undefined;
  const known = new Set([...listed, ...waiting].map(({ id }) => id));
  const held = new Set(waiting.map(({ id }) => id));
  return [...rows.filter(({ id }) => !known.has(id)), ...listed.filter(({ id }) => !held.has(id))];
}
