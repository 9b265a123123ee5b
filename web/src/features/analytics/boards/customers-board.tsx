import type { NamedFigures, OrganizationUse } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Column } from "../../../components/data-table.tsx";
import { FilterBar } from "../../../components/filter-bar.tsx";
import { ListPanel } from "../../../components/list-panel.tsx";
import { Facts, Panel } from "../../../components/panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { formatBytes } from "../../../lib/format/bytes.ts";
import { useCustomers } from "../api/boards.ts";
import { useBoard } from "../board/board-context.ts";
import { useFigureColumns } from "../components/figure-columns.tsx";
import { useFormats } from "../use-formats.ts";
import { FiguresCard } from "./courses-board.tsx";

/** Who uses what? */
export function CustomersBoard() {
  const { t } = useTranslation();
  const { question, search, change } = useBoard();
  const { count } = useFormats();
  const query = useCustomers(question, search.q ?? "");
  const first = query.data?.pages[0];
  const figures = useFigureColumns(({ id }) => ({ destination: id })).map(({ sort: _, ...column }) => column);
  const name = (row: NamedFigures) => (
    <Text fw={500} fz="sm">
      {row.name || row.id}
    </Text>
  );
  const columns: Column<NamedFigures>[] = [
    { key: "name", header: t("analytics.customer"), cell: name },
    ...figures,
    { key: "refusals", header: t("analytics.refusals"), numeric: true, cell: (row) => count(row.refusals) },
    { key: "downloads", header: t("analytics.downloads"), numeric: true, cell: (row) => count(row.downloads) },
    { key: "last", header: t("analytics.lastContact"), cell: (row) => <TimeText time={row.lastActivityTime} /> },
  ];
  return (
    <Stack gap="lg">
      {first?.organization && <OwnUse use={first.organization} />}
      <div>
        <FilterBar
          query={search.q ?? ""}
          onQuery={(q) => change({ q: q || undefined })}
          searchLabel={t("analytics.searchCustomers")}
        />
        <ListPanel
          query={query}
          rows={query.data?.pages.flatMap((page) => page.customers)}
          total={first?.total}
          columns={columns}
          rowKey={(row) => row.id}
          what={t("analytics.customerFigures")}
          filtered={Boolean(search.q)}
          onClearFilters={() => change({ q: undefined })}
          card={(row) => <FiguresCard row={row} title={name(row)} />}
          empty={<Text c="dimmed">{t("analytics.noCustomers")}</Text>}
        />
      </div>
    </Stack>
  );
}

function OwnUse({ use }: { readonly use: OrganizationUse }) {
  const { t, i18n } = useTranslation();
  const { count } = useFormats();
  const facts = (
    [
      "activeLearners",
      "newRegistrations",
      "launches",
      "statements",
      "deliveries",
      "courses",
      "dispatches",
      "members",
    ] as const
  ).map((key) => [t(`analytics.use_${key}`), big(count(use[key]))] as const);
  return (
    <Panel title={t("analytics.qUse")}>
      <Facts
        facts={[
          ...facts,
          [t("analytics.use_storage"), big(formatBytes(Number(use.storageBytes), i18n.language))] as const,
        ]}
      />
    </Panel>
  );
}

function big(text: string) {
  return (
    <Text span fz="lg" fw={600}>
      {text}
    </Text>
  );
}
