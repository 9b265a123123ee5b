import type { GetCourseResponse, VersionRow } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Column, DataTable } from "../../../components/data-table.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { formatBytes } from "../../../lib/format/bytes.ts";
import { useCan, useOrganization } from "../../../lib/session/use-session.tsx";
import { CourseHealth } from "../components/course-health.tsx";
import { SetCurrentDialog } from "../components/set-current-dialog.tsx";

/** Change content without harming learners. */
export function CourseVersions({ answer, upload }: { readonly answer: GetCourseResponse; readonly upload: ReactNode }) {
  const { t, i18n } = useTranslation();
  const { slug } = useOrganization();
  const mayWrite = useCan("course:write");
  const [chosen, setChosen] = useState<VersionRow>();
  const currentNumber = answer.versions.find((version) => version.current)?.number ?? 0;
  const verb = (version: VersionRow) =>
    version.number < currentNumber ? t("versions.rollBack") : t("versions.makeCurrent");
  const name = (version: VersionRow) => (
    <Group gap={8} wrap="nowrap">
      <Text span fw={500} fz="sm">
        {t("courses.versionNumber", { number: version.number })}
      </Text>
      {version.current && <Badge color="accent">{t("versions.current")}</Badge>}
    </Group>
  );
  const action = (version: VersionRow) =>
    version.current ? null : (
      <Button variant="default" size="compact-sm" disabled={!mayWrite} onClick={() => setChosen(version)}>
        {verb(version)}
      </Button>
    );
  const report = (version: VersionRow) =>
    version.importId ? (
      <AnchorLink to="/o/$org/imports/$importId" params={{ org: slug, importId: version.importId }}>
        <CourseHealth findings={version.findingCount} />
      </AnchorLink>
    ) : (
      <CourseHealth findings={version.findingCount} />
    );
  const columns: Column<VersionRow>[] = [
    { key: "number", header: t("courses.version"), cell: name },
    { key: "created", header: t("versions.imported"), cell: (version) => <TimeText time={version.createTime} /> },
    { key: "author", header: t("versions.author"), cell: (version) => version.createdBy || "—" },
    { key: "note", header: t("versions.note"), cell: (version) => version.note || "—" },
    { key: "report", header: t("versions.report"), cell: report },
    {
      key: "learners",
      header: t("versions.learners"),
      numeric: true,
      cell: (version) => Number(version.learnerCount).toLocaleString(i18n.language),
    },
    { key: "activities", header: t("versions.activities"), numeric: true, cell: (version) => version.activityCount },
    {
      key: "size",
      header: t("course.size"),
      numeric: true,
      cell: (version) => formatBytes(Number(version.sizeBytes), i18n.language),
    },
    { key: "action", header: t("common.actions"), cell: action },
  ];
  return (
    <Stack>
      <Group justify="space-between" gap="sm">
        <Text c="dimmed" maw="72ch" fz="sm" flex="1 1 300px">
          {answer.versions.length === 1 ? t("versions.onlyOne") : t("versions.explain")}
        </Text>
        {upload}
      </Group>
      <DataTable
        columns={columns}
        rows={answer.versions}
        rowKey={(version) => version.id}
        label={t("course.tabVersions")}
        card={(version) => (
          <Stack gap={4}>
            <Group justify="space-between">
              {name(version)}
              {action(version)}
            </Group>
            <Group gap="md" fz="sm">
              {report(version)}
              <span>{t("versions.learnerCount", { count: Number(version.learnerCount) })}</span>
              <TimeText time={version.createTime} />
            </Group>
          </Stack>
        )}
      />
      {chosen && <SetCurrentDialog version={chosen} verb={verb(chosen)} onClose={() => setChosen(undefined)} />}
    </Stack>
  );
}
