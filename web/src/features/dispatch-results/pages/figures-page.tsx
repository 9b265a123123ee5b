import type { GetDispatchFiguresResponse } from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { Button, Group, Stack, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { DispatchLayout } from "../../../components/dispatch-layout.tsx";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { notifyFailed } from "../../../components/notify.ts";
import { Panel, SkeletonLines } from "../../../components/panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { usePreferences } from "../../../lib/preferences.ts";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { type FigureFilters, useFigures, useFiguresExport } from "../api/figures.ts";
import { FigureCards, Timeline, useFigureCards } from "../components/figures-parts.tsx";
import { RangeControl } from "../components/range-control.tsx";
import { RankTable } from "../components/rank-table.tsx";
import { ScopeNote } from "../components/scope-note.tsx";
import { type DayRange, lastDays } from "../day-range.ts";

/** Which customer uses what. */
export function FiguresPage(props: {
  readonly filters: FigureFilters;
  readonly onFilters: (filters: FigureFilters) => void;
}) {
  const { t } = useTranslation();
  const { zone } = usePreferences();
  const { filters, onFilters } = props;
  const days = filters.days ?? 30;
  const range = lastDays(days, zone);
  const query = useFigures(range, filters);
  const { data } = query;
  return (
    <DispatchLayout actions={<ExportButton range={range} dispatchId={filters.dispatch ?? ""} />}>
      <Group gap="sm" mb="sm">
        <RangeControl days={days} onDays={(next) => onFilters({ ...filters, days: next === 30 ? undefined : next })} />
        {data && (
          <Text fz="xs" c="dimmed" component="div">
            {t("dispatchResults.asOf")} <TimeText time={data.asOf} /> · {range.timeZone}
          </Text>
        )}
      </Group>
      {(filters.dispatch || filters.destination) && (
        <ScopeNote
          name={data?.subject}
          onClear={() => onFilters({ ...filters, dispatch: undefined, destination: undefined })}
        />
      )}
      {query.error && (
        <ErrorPanel error={query.error} what={t("dispatchResults.figures")} onRetry={() => query.refetch()} />
      )}
      {!data && !query.error && <SkeletonLines lines={12} />}
      {data && <Figures data={data} ofOne={Boolean(filters.dispatch)} filters={filters} />}
    </DispatchLayout>
  );
}

function Figures(props: {
  readonly data: GetDispatchFiguresResponse;
  readonly ofOne: boolean;
  readonly filters: FigureFilters;
}) {
  const { t, i18n } = useTranslation();
  const { slug } = useOrganization();
  const cards = useFigureCards();
  const { data, filters } = props;
  const quiet = !data.summary || (data.summary.launches === 0n && data.summary.refusals === 0n);
  return (
    <Stack>
      {data.summary && <FigureCards cards={cards(data.summary)} />}
      {data.unacknowledgedCount > 0n && (
        <AnchorLink
          to="/o/$org/dispatch/results"
          params={{ org: slug }}
          search={{ dispatch: filters.dispatch, destination: filters.destination }}
          fz="sm"
        >
          {t("dispatchResults.openResults", {
            count: Number(data.unacknowledgedCount),
            formatted: data.unacknowledgedCount.toLocaleString(i18n.language),
          })}
        </AnchorLink>
      )}
      <Panel title={t("dispatchResults.timeline")}>
        {quiet ? <Text c="dimmed">{t("dispatchResults.quiet")}</Text> : <Timeline days={data.days} />}
      </Panel>
      <Panel title={t("dispatchResults.byDeployment")}>
        <RankTable
          label={t("dispatchResults.byDeployment")}
          first={t("dispatchResults.host")}
          rows={data.deployments}
          none={t("dispatchResults.noneInRange")}
          link={({ id, name }) => (
            <AnchorLink
              to="/o/$org/dispatch/deployments/$deploymentId"
              params={{ org: slug, deploymentId: id }}
              fz="sm"
              truncate
            >
              {name || t("dispatchResults.unknownHost")}
            </AnchorLink>
          )}
        />
      </Panel>
      {!props.ofOne && (
        <Panel title={t("dispatchResults.topDispatches")}>
          <RankTable
            label={t("dispatchResults.topDispatches")}
            first={t("dispatchResults.dispatch")}
            rows={data.dispatches}
            none={t("dispatchResults.noneInRange")}
            link={({ id, name }) => (
              <AnchorLink
                to="/o/$org/dispatch/analytics"
                params={{ org: slug }}
                search={{ ...filters, dispatch: id, destination: undefined }}
                fz="sm"
                truncate
              >
                {name}
              </AnchorLink>
            )}
          />
        </Panel>
      )}
    </Stack>
  );
}

function ExportButton({ range, dispatchId }: { readonly range: DayRange; readonly dispatchId: string }) {
  const { t } = useTranslation();
  const save = useFiguresExport();
  const [running, setRunning] = useState(false);
  const start = async () => {
    setRunning(true);
    await save(range, dispatchId).catch((error: unknown) => notifyFailed(t("dispatchResults.exportFailed"), error));
    setRunning(false);
  };
  return (
    <Button variant="default" leftSection={<IconDownload size={16} />} loading={running} onClick={() => void start()}>
      {t("dispatchResults.export")}
    </Button>
  );
}
