import type { ObjectiveView } from "@coursemesh/proto/coursemesh/web/v1/sequencing_view_pb.ts";
import { Group, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { StatusBadges } from "../../../components/status-badge.tsx";
import { formatScore } from "../../../lib/format/score.ts";
import classes from "./why.module.css";

/** Objectives of an activity: status, score, and the shared objective each reads or writes. */
export function ObjectiveTable({ objectives }: { readonly objectives: readonly ObjectiveView[] }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t("why.objectives")}>
      <Title order={3} mb={4}>
        {t("why.objectives")}
      </Title>
      <ul className={classes.objectives}>
        {objectives.map((objective) => (
          <li key={`${objective.primary} ${objective.id}`}>
            <Text fz="sm" style={{ overflowWrap: "anywhere" }}>
              {objective.id ? <code>{objective.id}</code> : t("why.ownObjective")}
            </Text>
            <Group gap="sm">
              <StatusBadges completion={objective.completion} success={objective.success} />
              {objective.scoreScaled !== undefined && (
                <Text span fz="sm">
                  {formatScore({ scaled: objective.scoreScaled })}
                </Text>
              )}
            </Group>
            {objective.globalObjectiveIds.map((id) => (
              <Text key={id} fz="xs" c="dimmed" style={{ overflowWrap: "anywhere" }}>
                {t("why.shared")} {id}
              </Text>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
