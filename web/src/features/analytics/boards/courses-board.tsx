import type { NamedFigures } from "@coursemesh/proto/coursemesh/web/v1/analytics_view_pb.ts";
import { Stack, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type Column, DataTable } from "../../../components/data-table.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { ListPanel } from "../../../components/list-panel.tsx";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import { useCourseComparison } from "../api/boards.ts";
import { useBoard } from "../board/board-context.ts";
import { useFigureColumns } from "../components/figure-columns.tsx";
import { useFormats } from "../use-formats.ts";

/** Courses beside each other, and the versions of one. */
export function CoursesBoard() {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  const { question, search } = useBoard();
  const query = useCourseComparison(question, search.order ?? "launches");
  const first = query.data?.pages[0];
  const figures = useFigureColumns(({ id }) => ({ course: id }));
  const name: Column<NamedFigures> = {
    key: "name",
    header: t("registrations.course"),
    cell: (row) => (
      <AnchorLink to="/o/$org/courses/$courseId/analytics" params={{ org: slug, courseId: row.id }} fw={500} fz="sm">
        {row.name || row.id}
      </AnchorLink>
    ),
  };
  return (
    <Stack gap="lg">
      {first && first.versions.length > 1 && search.course && (
        <VersionTable versions={first.versions} courseId={search.course} />
      )}
      <ListPanel
        query={query}
        rows={query.data?.pages.flatMap((page) => page.courses)}
        total={first?.total}
        columns={[name, ...figures]}
        rowKey={(row) => row.id}
        what={t("analytics.courseFigures")}
        card={(row) => <FiguresCard row={row} title={name.cell(row)} />}
        empty={<Text c="dimmed">{t("analytics.needsRegistration")}</Text>}
      />
    </Stack>
  );
}

/** Versions of one course beside each other: did the new one do better? */
export function VersionTable({
  versions,
  courseId,
}: {
  readonly versions: readonly NamedFigures[];
  readonly courseId: string;
}) {
  const { t } = useTranslation();
  const columns = useFigureColumns(({ id }) => ({ course: courseId, version: id })).map(
    ({ sort: _, ...column }) => column,
  );
  const title = (row: NamedFigures) => (
    <Text fw={500} fz="sm">
      {t("courses.versionNumber", { number: row.number })}
    </Text>
  );
  return (
    <div>
      <Title order={2} mb="xs">
        {t("analytics.versions")}
      </Title>
      <DataTable
        label={t("analytics.versions")}
        rows={versions}
        rowKey={(row) => row.id}
        columns={[{ key: "version", header: t("courses.version"), cell: title }, ...columns]}
        card={(row) => <FiguresCard row={row} title={title(row)} />}
      />
    </div>
  );
}

/** Figures of one thing on a phone. */
export function FiguresCard({ row, title }: { readonly row: NamedFigures; readonly title: React.ReactNode }) {
  const { t } = useTranslation();
  const { count, share } = useFormats();
  const { registrations = 0n, launches = 0n, completed = 0n } = row.figures ?? {};
  return (
    <Stack gap={2}>
      {title}
      <Text fz="sm" c="dimmed">
        {t("analytics.launches")} {count(launches)} · {t("analytics.completionRate")} {share(completed, registrations)}{" "}
        (n = {count(registrations)})
      </Text>
    </Stack>
  );
}
