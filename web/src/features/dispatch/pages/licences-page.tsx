import type { LicenceRow } from "@coursemesh/proto/coursemesh/web/v1/dispatch_view_pb.ts";
import { SegmentedControl, Select, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Column } from "../../../components/data-table.tsx";
import { DispatchLayout } from "../../../components/dispatch-layout.tsx";
import { EmptyState } from "../../../components/empty-state.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { ListPanel } from "../../../components/list-panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { useDispatchChoices } from "../api/dispatches.ts";
import { LICENCE_STATUSES, type LicenceFilters, useLicences } from "../api/licences.ts";
import { useEndText, useRunOutText } from "../components/run-out-text.tsx";
import { DispatchStatus } from "../components/status-word.tsx";
import { UsageBar } from "../components/usage-bar.tsx";

/** What is left, and what happens at the limit. Nearest the limit first. */
export function LicencesPage(props: {
  readonly filters: LicenceFilters;
  readonly onFilters: (filters: LicenceFilters) => void;
}) {
  const { t } = useTranslation();
  const { filters, onFilters } = props;
  const query = useLicences(filters);
  const choices = useDispatchChoices().data;
  const columns = useLicenceColumns();
  const scope = filters.scope ?? "dispatch";
  return (
    <DispatchLayout>
      <Stack gap="sm">
        <div style={{ display: "flex", flexWrap: "wrap", gap: 8 }}>
          <SegmentedControl
            aria-label={t("dispatch.scope")}
            data={(["dispatch", "destination"] as const).map((value) => ({
              value,
              label: t(`dispatch.scope_${value}`),
            }))}
            value={scope}
            onChange={(value) => onFilters(value === "destination" ? { scope: value } : {})}
          />
          {scope === "dispatch" && (
            <>
              <Select
                aria-label={t("dispatch.status")}
                placeholder={t("dispatch.anyStatus")}
                clearable
                w={170}
                data={LICENCE_STATUSES.map((value) => ({ value, label: t(`dispatch.status_${value}`) }))}
                value={filters.status ?? null}
                onChange={(value) =>
                  onFilters({ ...filters, status: LICENCE_STATUSES.find((known) => known === value) })
                }
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
            </>
          )}
        </div>
        <ListPanel
          query={query}
          rows={query.data?.pages.flatMap((page) => page.licences)}
          columns={columns}
          rowKey={({ id }) => id}
          what={t("dispatch.licences")}
          filtered={Boolean(filters.status || filters.destination)}
          onClearFilters={() => onFilters({ scope: filters.scope })}
          empty={<EmptyState title={t("dispatch.noLicences")} text={t("dispatch.noLicencesText")} />}
          card={(row) => (
            <Stack gap={4}>
              <LicenceName row={row} />
              <DispatchStatus status={row.usage?.status ?? ""} />
              <UsageBar usage={row.usage} terms={row.terms} name={row.name} width="100%" />
            </Stack>
          )}
        />
      </Stack>
    </DispatchLayout>
  );
}

function useLicenceColumns(): Column<LicenceRow>[] {
  const { t, i18n } = useTranslation();
  const runOut = useRunOutText();
  const atEnd = useEndText();
  return [
    { key: "name", header: t("dispatch.licence"), cell: (row) => <LicenceName row={row} /> },
    {
      key: "status",
      header: t("dispatch.status"),
      cell: ({ usage }) => <DispatchStatus status={usage?.status ?? ""} />,
    },
    {
      key: "usage",
      header: t("dispatch.usage"),
      cell: ({ usage, terms, name }) => <UsageBar usage={usage} terms={terms} name={name} width={180} />,
    },
    { key: "runout", header: t("dispatch.runOut"), cell: runOut },
    {
      key: "seats",
      header: t("dispatch.seats"),
      numeric: true,
      cell: ({ usage, terms }) => {
        const taken = (usage?.seatsTaken ?? 0).toLocaleString(i18n.language);
        return terms?.seatLimit ? `${taken} / ${terms.seatLimit.toLocaleString(i18n.language)}` : taken;
      },
    },
    {
      key: "start",
      header: t("dispatch.startTime"),
      cell: ({ terms }) => <TimeText time={terms?.startTime ?? 0n} absolute />,
    },
    {
      key: "end",
      header: t("dispatch.expireTime"),
      cell: ({ terms }) => <TimeText time={terms?.expireTime ?? 0n} absolute />,
    },
    { key: "behaviour", header: t("dispatch.atEnd"), cell: atEnd },
  ];
}

function LicenceName({ row }: { readonly row: LicenceRow }) {
  const { slug } = useOrganization();
  return (
    <Stack gap={0} miw={0} maw={280}>
      <AnchorLink
        to="/o/$org/dispatch/licences/$licenceId"
        params={{ org: slug, licenceId: row.id }}
        search={{ scope: row.scope === "destination" ? "destination" : "dispatch" }}
        fw={500}
        fz="sm"
        truncate
        title={row.name}
      >
        {row.name}
      </AnchorLink>
      {row.scope === "dispatch" && (
        <Text fz="xs" c="dimmed" truncate>
          {row.destinationName}
        </Text>
      )}
    </Stack>
  );
}
