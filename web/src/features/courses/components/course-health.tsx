import { Group } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** Health of a course's import: a dot and words. Health uses dots, status uses circles and shields. */
export function CourseHealth({ findings }: { readonly findings: number }) {
  const { t } = useTranslation();
  return (
    <Group component="span" gap={6} wrap="nowrap" style={{ whiteSpace: "nowrap" }}>
      <span
        aria-hidden="true"
        style={{
          width: 8,
          height: 8,
          borderRadius: 4,
          flex: "none",
          background: findings === 0 ? "var(--cm-passed-fill)" : "var(--cm-incomplete-fill)",
          outline: `1px solid ${findings === 0 ? "var(--cm-passed)" : "var(--cm-incomplete)"}`,
        }}
      />
      {findings === 0 ? t("courses.healthReady") : t("courses.healthNotes", { count: findings })}
    </Group>
  );
}
