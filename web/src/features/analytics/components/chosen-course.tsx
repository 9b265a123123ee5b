import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useBoard } from "../board/board-context.ts";

/** Says which course the cards below are about, and why that one. */
export function ChosenCourse({ title }: { readonly title: string }) {
  const { t } = useTranslation();
  const { search } = useBoard();
  return (
    <Text fz="sm" style={{ gridColumn: "1 / -1" }}>
      <b>{title}</b>
      {!search.course && (
        <Text span fz="sm" c="dimmed">
          {" "}
          · {t("analytics.mostLaunched")}
        </Text>
      )}
    </Text>
  );
}
