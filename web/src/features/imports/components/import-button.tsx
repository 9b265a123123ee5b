import { useDisclosure } from "@mantine/hooks";
import { IconUpload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { GuardedButton } from "../../../components/guarded-button.tsx";
import { ImportDialog } from "./import-dialog.tsx";

/** Opens the import dialog. */
export function ImportButton(props: {
  readonly courseId?: string;
  readonly variant?: "filled" | "default";
  readonly onStarted: (importId: string) => void;
}) {
  const { t } = useTranslation();
  const [open, dialog] = useDisclosure(false);
  return (
    <>
      <GuardedButton
        scope="course:write"
        variant={props.variant ?? "filled"}
        leftSection={<IconUpload size={16} />}
        onClick={dialog.open}
      >
        {props.courseId ? t("imports.newVersion") : t("imports.importCourse")}
      </GuardedButton>
      {open && (
        <ImportDialog
          {...(props.courseId && { courseId: props.courseId })}
          onClose={dialog.close}
          onStarted={props.onStarted}
        />
      )}
    </>
  );
}
