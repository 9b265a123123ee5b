import type { GetCourseResponse } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { Badge, Group } from "@mantine/core";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { ErrorPanel } from "../../../components/error-panel.tsx";
import { AnchorLink } from "../../../components/links.tsx";
import { PageTitle } from "../../../components/page-title.tsx";
import { SkeletonLines } from "../../../components/panel.tsx";
import { TabLink, TabLinks } from "../../../components/tab-links.tsx";
import { rememberObject } from "../../../lib/recent-objects.ts";
import { useCan, useOrganization } from "../../../lib/session/use-session.tsx";
import { useCourse } from "../api/get-course.ts";
import { CourseActions } from "../components/course-actions.tsx";
import { CourseHealth } from "../components/course-health.tsx";

/** Head and tabs of a course; the tab's content is drawn by `children`. */
export function CourseLayout(props: {
  readonly courseId: string;
  readonly onDeleted: () => void;
  readonly extraActions?: ReactNode;
  readonly children: (answer: GetCourseResponse) => ReactNode;
}) {
  const { t } = useTranslation();
  const organization = useOrganization();
  const course = useCourse(props.courseId);
  const mayAnalyse = useCan("analytics:read");
  const row = course.data?.course;
  useEffect(() => {
    if (row) rememberObject(organization.id, { kind: "course", id: row.id, title: row.title });
  }, [row, organization.id]);
  if (course.error && !course.data)
    return (
      <>
        <PageTitle title={t("course.heading")} />
        <ErrorPanel error={course.error} what={t("course.what")} onRetry={() => course.refetch()} />
      </>
    );
  if (!course.data || !row) return <SkeletonLines lines={8} height={18} />;
  const params = { org: organization.slug, courseId: props.courseId };
  return (
    <>
      <PageTitle
        title={row.title}
        above={
          <AnchorLink to="/o/$org/courses" params={{ org: organization.slug }} fz="sm">
            {t("courses.heading")}
          </AnchorLink>
        }
        subtitle={
          <Group gap="sm" mt={4}>
            <Badge>{row.standard}</Badge>
            <span>{t("courses.versionNumber", { number: row.versionNumber })}</span>
            <CourseHealth findings={row.findingCount} />
            {row.archived && <Badge color="yellow">{t("course.archivedBadge")}</Badge>}
            {row.tags.map((tag) => (
              <Badge key={tag} size="sm">
                {tag}
              </Badge>
            ))}
          </Group>
        }
        actions={
          <>
            {props.extraActions}
            <CourseActions answer={course.data} onDeleted={props.onDeleted} />
          </>
        }
      />
      <TabLinks label={t("course.tabs")}>
        <TabLink to="/o/$org/courses/$courseId" params={params} activeOptions={{ exact: true }}>
          {t("course.tabOverview")}
        </TabLink>
        <TabLink to="/o/$org/courses/$courseId/versions" params={params}>
          {t("course.tabVersions")}
        </TabLink>
        <TabLink to="/o/$org/courses/$courseId/settings" params={params}>
          {t("course.tabSettings")}
        </TabLink>
        <TabLink to="/o/$org/courses/$courseId/registrations" params={params}>
          {t("course.tabRegistrations")}
        </TabLink>
        {mayAnalyse && (
          <TabLink to="/o/$org/courses/$courseId/analytics" params={params} activeOptions={{ includeSearch: false }}>
            {t("nav.analytics")}
          </TabLink>
        )}
      </TabLinks>
      {props.children(course.data)}
    </>
  );
}
