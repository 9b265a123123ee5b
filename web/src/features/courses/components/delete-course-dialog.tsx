import type { GetCourseResponse } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { List } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../../components/confirm-dialog.tsx";
import { notifyDone } from "../../../components/notify.ts";
import { useDeleteCourse } from "../api/change-course.ts";

/** Counts what goes and what stays, and asks for the title. */
export function DeleteCourseDialog(props: {
  readonly answer: GetCourseResponse;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}) {
  const { t, i18n } = useTranslation();
  const remove = useDeleteCourse();
  const course = props.answer.course;
  if (!course) return null;
  const formatted = (value: bigint | number) => Number(value).toLocaleString(i18n.language);
  const registrations = Number(course.counts?.registrations ?? 0n);
  const files = props.answer.versions.reduce((sum, version) => sum + version.fileCount, 0);
  return (
    <ConfirmDialog
      title={t("course.deleteTitle", { title: course.title })}
      verb={t("course.deleteVerb")}
      typedName={course.title}
      failure={t("course.what")}
      onClose={props.onClose}
      onConfirm={async () => {
        await remove.mutateAsync({ id: course.id });
        notifyDone(t("course.deleted", { title: course.title }));
        props.onDeleted();
      }}
    >
      {t("course.deleteGoes")}
      <List fz="sm" my="xs">
        <List.Item>
          {t("course.deleteVersions", { count: props.answer.versions.length, files: formatted(files) })}
        </List.Item>
        <List.Item>
          {t("course.deleteRegistrations", { count: registrations, formatted: formatted(registrations) })}
        </List.Item>
        {Number(course.counts?.sessionsOpen ?? 0n) > 0 && (
          <List.Item>{t("course.deleteOpen", { count: Number(course.counts?.sessionsOpen) })}</List.Item>
        )}
      </List>
      {t("course.deleteStays")}
    </ConfirmDialog>
  );
}
