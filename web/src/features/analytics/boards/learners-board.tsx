import type {
  ListLearnerFiguresResponse,
  NamedFigures,
} from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ChartFigure } from "../../../components/chart/chart-figure.tsx";
import type { Column } from "../../../components/data-table.tsx";
import { FilterBar } from "../../../components/filter-bar.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { ListPanel } from "../../../components/list-panel.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { useLearners } from "../api/boards.ts";
import { useBoard } from "../board/board-context.ts";
import { BoardCard } from "../components/board-card.tsx";
import { BoardState } from "../components/board-state.tsx";
import { useFigureColumns } from "../components/figure-columns.tsx";
import { NewLearnersCard } from "../components/new-learners-card.tsx";
import { useFormats } from "../use-formats.ts";
import { FiguresCard } from "./courses-board.tsx";

/** Do they come back? */
export function LearnersBoard() {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const { question, search, change } = useBoard();
  const query = useLearners(question, search.q ?? "", search.order ?? "launches");
  const first = query.data?.pages[0];
  const figures = useFigureColumns(({ id }) => ({ learner: id }));
  const name: Column<NamedFigures> = {
    key: "name",
    header: t("registrations.learner"),
    cell: (row) => (
      <AnchorLink to="/o/$org/people/$learnerId" params={{ org: slug, learnerId: row.id }} fw={500} fz="sm">
        {row.name || row.id}
      </AnchorLink>
    ),
  };
  const last: Column<NamedFigures> = {
    key: "last",
    header: t("registrations.lastActivity"),
    cell: (row) => <TimeText time={row.lastActivityTime} />,
  };
  return (
    <Stack gap="lg">
      <BoardState query={{ ...query, data: first }} cards={2}>
        {(data) => <Cards data={data} />}
      </BoardState>
      <div>
        <FilterBar
          query={search.q ?? ""}
          onQuery={(q) => change({ q: q || undefined })}
          searchLabel={t("people.searchLearners")}
        />
        {!query.error && (
          <ListPanel
            query={query}
            rows={query.data?.pages.flatMap((page) => page.learners)}
            total={first?.total}
            columns={[name, ...figures, last]}
            rowKey={(row) => row.id}
            what={t("analytics.learnerFigures")}
            filtered={Boolean(search.q)}
            onClearFilters={() => change({ q: undefined })}
            card={(row) => <FiguresCard row={row} title={name.cell(row)} />}
            empty={<Text c="dimmed">{t("analytics.needsLaunch")}</Text>}
          />
        )}
      </div>
    </Stack>
  );
}

function Cards({ data }: { readonly data: ListLearnerFiguresResponse }) {
  const { t } = useTranslation();
  const { count, percent, short } = useFormats();
  const groups = data.groups.map(({ from, to, count: learners }) => ({ from, to, learners: Number(learners) }));
  const total = groups.reduce((sum, { learners }) => sum + learners, 0);
  const again = groups.reduce((sum, { from, learners }) => (from > 1 ? sum + learners : sum), 0);
  const needs = total > 0 ? undefined : t("analytics.needsLaunch");
  const name = (from: number, to: number) =>
    from === to
      ? t("analytics.days", { count: from })
      : from >= 15
        ? t("analytics.daysOrMore", { count: from })
        : t("analytics.daysFromTo", { from, to });
  return (
    <>
      <BoardCard
        question={t("analytics.qOften")}
        headline={{
          value: total > 0 ? again / total : undefined,
          kind: "share",
          format: percent,
          of: t("analytics.moreThanOneDay", { part: count(again), whole: count(total) }),
          opens: { kind: "active" },
        }}
        summary={data.summary}
        needs={needs}
      >
        <ChartFigure
          label={t("analytics.activeDays")}
          summary={t("analytics.moreThanOneDay", { part: count(again), whole: count(total) })}
          first={t("analytics.activeDays")}
          series={[
            { key: "learners", label: t("people.learners"), kind: "bar", colour: "var(--cm-chart-2)", format: count },
          ]}
          points={groups.map(({ from, to, learners }) => ({
            key: String(from),
            label: name(from, to),
            tick: name(from, to),
            values: { learners },
          }))}
          format={short}
        />
      </BoardCard>
      <NewLearnersCard summary={data.summary} points={data.points} newLearners={data.newLearners} needs={needs} />
    </>
  );
}
