import type { GetCourseResponse } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { SimpleGrid, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { IdText } from "../../../components/copy-button.tsx";
import { Facts, Panel } from "../../../components/panel.tsx";
import { StatusMix } from "../../../components/status-mix.tsx";
import { TimeText } from "../../../components/time-text.tsx";
import { formatBytes } from "../../../lib/format/bytes.ts";
import { OutlineTree } from "../components/outline-tree.tsx";

/** Is this course healthy, and how far are its learners? */
export function CourseOverview({ answer }: { readonly answer: GetCourseResponse }) {
  const { t, i18n } = useTranslation();
  const { course } = answer;
  const current = answer.versions.find((version) => version.current);
  if (!course) return null;
  const number = (value: bigint | number) => Number(value).toLocaleString(i18n.language);
  const launched = Number(course.counts?.registrations ?? 0n) > 0;
  return (
    <Stack>
      <Panel title={t("course.learners")}>
        {course.counts && launched ? (
          <StatusMix counts={course.counts} />
        ) : (
          <Text c="dimmed">{t("course.nobodyYet")}</Text>
        )}
      </Panel>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Panel title={t("course.outline")}>
          <OutlineTree json={answer.outlineJson} />
        </Panel>
        <Panel title={t("course.facts")}>
          <Facts
            facts={[
              [t("course.id"), <IdText key="id" id={course.id} />],
              ...(course.externalId && course.externalId !== course.id
                ? [[t("course.externalId"), course.externalId] as const]
                : []),
              [t("courses.standard"), course.standard],
              [t("courses.version"), t("courses.versionNumber", { number: course.versionNumber })],
              [t("course.size"), current ? formatBytes(Number(current.sizeBytes), i18n.language) : "—"],
              [t("course.files"), current ? number(current.fileCount) : "—"],
              [t("course.sessionsOpen"), number(course.counts?.sessionsOpen ?? 0n)],
              [t("course.launches30d"), number(course.counts?.launches30d ?? 0n)],
              [t("courses.lastLaunch"), <TimeText key="launch" time={course.lastLaunchTime} />],
              [t("course.created"), <TimeText key="created" time={course.createTime} />],
            ]}
          />
          {answer.description && (
            <Text mt="md" maw="72ch">
              {answer.description}
            </Text>
          )}
        </Panel>
      </SimpleGrid>
    </Stack>
  );
}
