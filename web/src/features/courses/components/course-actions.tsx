import type { GetCourseResponse } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { ActionIcon, Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconArchive, IconArchiveOff, IconDots, IconEdit, IconPlayerPlay, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { GuardedButton } from "../../../components/guarded-button.tsx";
import { notifyFailed } from "../../../components/notify.ts";
import { notifyUndo } from "../../../components/notify-undo.tsx";
import { openInNewTab } from "../../../lib/open-in-new-tab.ts";
import { useCan } from "../../../lib/session/use-session.tsx";
import { useChangeCourse } from "../api/change-course.ts";
import { DeleteCourseDialog } from "./delete-course-dialog.tsx";
import { EditCourseDialog } from "./edit-course-dialog.tsx";

/** Preview, and behind the dots: edit, archive with undo, delete. */
export function CourseActions({
  answer,
  onDeleted,
}: {
  readonly answer: GetCourseResponse;
  readonly onDeleted: () => void;
}) {
  const { t } = useTranslation();
  const { update, preview } = useChangeCourse();
  const [editing, edit] = useDisclosure(false);
  const [deleting, remove] = useDisclosure(false);
  const mayWrite = useCan("course:write");
  const mayDelete = useCan("course:delete");
  const course = answer.course;
  if (!course) return null;
  const setArchived = async (archived: boolean) => {
    try {
      // The mark is set whatever else changed in between, so no etag is sent.
      await update.mutateAsync({ id: course.id, archived });
      notifyUndo(t(archived ? "course.archived" : "course.restored", { title: course.title }), t("common.undo"), () => {
        void update.mutateAsync({ id: course.id, archived: !archived });
      });
    } catch (error) {
      notifyFailed(t("course.changeFailed"), error);
    }
  };
  const openPreview = () =>
    openInNewTab(
      async () => (await preview.mutateAsync({ versionId: course.versionId, returnUrl: location.href })).url,
      (error) => notifyFailed(t("course.previewFailed"), error),
    );
  const Archive = course.archived ? IconArchiveOff : IconArchive;
  return (
    <>
      <GuardedButton scope="course:read" leftSection={<IconPlayerPlay size={16} />} onClick={openPreview}>
        {t("course.preview")}
      </GuardedButton>
      <Menu>
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label={t("common.moreActions")}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconEdit size={16} />} onClick={edit.open} disabled={!mayWrite}>
            {t("course.edit")}
          </Menu.Item>
          <Menu.Item
            leftSection={<Archive size={16} />}
            onClick={() => void setArchived(!course.archived)}
            disabled={!mayWrite}
          >
            {course.archived ? t("course.restore") : t("course.archive")}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={remove.open} disabled={!mayDelete}>
            {t("course.delete")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {editing && <EditCourseDialog answer={answer} onClose={edit.close} />}
      {deleting && <DeleteCourseDialog answer={answer} onClose={remove.close} onDeleted={onDeleted} />}
    </>
  );
}
