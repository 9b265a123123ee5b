import type { ActivityOutline, CourseOutline } from "@coursemesh/scorm/course/course-outline.ts";
import { Badge, Group, Text } from "@mantine/core";
import { IconFile, IconFolder } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

/** Activities as learners meet them, with what holds them back. */
export function OutlineTree({ json }: { readonly json: string }) {
  const { t } = useTranslation();
  const outline = readOutline(json);
  if (!outline)
    return (
      <Text fz="sm" c="dimmed">
        {t("course.outlineUnavailable")}
      </Text>
    );
  return <Branch activities={outline.activities} />;
}

function Branch({ activities }: { readonly activities: readonly ActivityOutline[] }) {
  return (
    <ul style={{ listStyle: "none", margin: 0, paddingInlineStart: 0 }}>
      {activities.map((activity) => (
        <li key={activity.identifier}>
          <Leaf activity={activity} />
          {activity.children.length > 0 && (
            <div style={{ paddingInlineStart: 20 }}>
              <Branch activities={activity.children} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

function Leaf({ activity }: { readonly activity: ActivityOutline }) {
  const { t } = useTranslation();
  const Icon = activity.launch ? IconFile : IconFolder;
  return (
    <Group gap={8} py={4} wrap="nowrap" align="flex-start">
      <Icon size={16} style={{ flex: "none", marginTop: 2 }} aria-hidden="true" />
      <div style={{ minWidth: 0 }}>
        <Group gap={6}>
          <span>{activity.title}</span>
          {activity.launch?.type === "asset" && <Badge size="sm">{t("course.asset")}</Badge>}
          {!activity.visible && <Badge size="sm">{t("course.hidden")}</Badge>}
        </Group>
        {activity.scorm12?.prerequisites && (
          <Text fz="xs" c="dimmed">
            {t("course.opensAfter")} <code>{activity.scorm12.prerequisites}</code>
          </Text>
        )}
        {activity.scorm12?.masteryScore && (
          <Text fz="xs" c="dimmed">
            {t("course.mastery", { score: activity.scorm12.masteryScore })}
          </Text>
        )}
      </div>
    </Group>
  );
}

function readOutline(json: string): CourseOutline | undefined {
  if (json === "") return undefined;
  try {
    const outline = JSON.parse(json) as CourseOutline;
    return Array.isArray(outline.activities) ? outline : undefined;
  } catch {
    return undefined;
  }
}
