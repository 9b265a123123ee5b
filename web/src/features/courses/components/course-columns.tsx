import type { CourseRow } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { Badge, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Column } from "../../../components/data-table.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { formatShare } from "../../../lib/format/score.ts";
import { useOrganization } from "../../../lib/session/use-session.tsx";
import type { CourseFilters } from "../api/list-courses.ts";
import { CourseHealth } from "./course-health.tsx";

type Order = NonNullable<CourseFilters["order"]>;

/** Columns of the course list. Orders go one way each: newest first, titles from A. */
export function useCourseColumns(order: Order, onOrder: (order: Order) => void): Column<CourseRow>[] {
  const { t, i18n } = useTranslation();
  const sort = (by: Order, direction: "ascending" | "descending") => ({
    direction: order === by ? direction : ("none" as const),
    onSort: () => onOrder(by),
  });
  return [
    {
      key: "title",
      header: t("courses.title"),
      sort: sort("title", "ascending"),
      cell: (course) => <TitleCell course={course} />,
    },
    {
      key: "standard",
      header: t("courses.standard"),
      cell: (course) => <span style={{ whiteSpace: "nowrap" }}>{course.standard}</span>,
    },
    {
      key: "version",
      header: t("courses.version"),
      cell: (course) => t("registrations.versionShort", { number: course.versionNumber }),
    },
    { key: "health", header: t("courses.import"), cell: (course) => <CourseHealth findings={course.findingCount} /> },
    {
      key: "registrations",
      header: t("courses.registrations"),
      numeric: true,
      cell: (course) => Number(course.counts?.registrations ?? 0n).toLocaleString(i18n.language),
    },
    { key: "completion", header: t("courses.completion"), numeric: true, cell: completionShare },
    { key: "launch", header: t("courses.lastLaunch"), cell: (course) => <TimeText time={course.lastLaunchTime} /> },
    {
      key: "updated",
      header: t("courses.updated"),
      sort: sort("updated", "descending"),
      cell: (course) => <TimeText time={course.updateTime} />,
    },
  ];
}

function TitleCell({ course }: { readonly course: CourseRow }) {
  const { slug } = useOrganization();
  return (
    <Group gap={8} wrap="nowrap" miw={220} maw={400}>
      <AnchorLink
        to="/o/$org/courses/$courseId"
        params={{ org: slug, courseId: course.id }}
        fw={500}
        truncate
        title={course.title}
      >
        {course.title}
      </AnchorLink>
      {course.tags.slice(0, 2).map((tag) => (
        <Badge key={tag} size="sm" style={{ flex: "none" }}>
          {tag}
        </Badge>
      ))}
      {course.tags.length > 2 && (
        <Text span fz="xs" c="dimmed" title={course.tags.slice(2).join(", ")}>
          +{course.tags.length - 2}
        </Text>
      )}
    </Group>
  );
}

/** The same course on a phone: title, health, completion. */
export function CourseCard({ course }: { readonly course: CourseRow }) {
  const { t } = useTranslation();
  const { slug } = useOrganization();
  return (
    <Stack gap={4}>
      <AnchorLink to="/o/$org/courses/$courseId" params={{ org: slug, courseId: course.id }} fw={500}>
        {course.title}
      </AnchorLink>
      <Group gap="md" fz="sm">
        <CourseHealth findings={course.findingCount} />
        <Text span fz="sm" c="dimmed">
          {t("courses.completeOf", {
            share: completionShare(course),
            count: Number(course.counts?.registrations ?? 0n),
          })}
        </Text>
      </Group>
    </Stack>
  );
}

function completionShare(course: CourseRow): string {
  return formatShare(Number(course.counts?.complete ?? 0n), Number(course.counts?.registrations ?? 0n));
}
