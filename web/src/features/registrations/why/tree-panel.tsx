import type { GetStepResponse } from "@coursemesh/proto/coursemesh/web/v1/sequencing_view_pb.ts";
import { NativeSelect, Paper, SegmentedControl, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { usePhone } from "../../../lib/use-phone.ts";
import { type ActivityFilter, matchesActivity } from "../activity-filter.ts";
import { NodeTree } from "./node-tree.tsx";
import classes from "./why.module.css";

const FILTERS = ["all", "incomplete", "failed", "blocked"] as const;

/** The tree after a step, all of it or what holds the learner up. */
export function TreePanel(props: {
  readonly answer: GetStepResponse;
  readonly asked: string | undefined;
  readonly onAsk: (activityId: string) => void;
}) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<ActivityFilter>("all");
  const { activities, changes } = props.answer;
  const shown = activities.filter((node) =>
    matchesActivity({ ...node, available: !(node.disabled || node.hidden || node.leftOut) }, filter),
  );
  return (
    <Paper component="section" aria-label={t("why.tree")} className={classes.treePanel ?? ""}>
      <div className={classes.treeHead}>
        <Title order={2}>{t("why.tree")}</Title>
        <FilterChoice value={filter} onChange={setFilter} />
      </div>
      {shown.length === 0 && (
        <Text c="dimmed" p="sm">
          {t("list.noneMatch")}
        </Text>
      )}
      <NodeTree
        nodes={shown}
        label={t("why.tree")}
        changed={new Set(changes.map(({ activityId }) => activityId))}
        asked={props.asked}
        onWhy={props.onAsk}
      />
    </Paper>
  );
}

/** Four words side by side on a desk, a list to choose from on a phone. */
function FilterChoice(props: { readonly value: ActivityFilter; readonly onChange: (filter: ActivityFilter) => void }) {
  const { t } = useTranslation();
  const phone = usePhone();
  const common = {
    size: "xs",
    "aria-label": t("registration.filterActivities"),
    value: props.value,
    data: FILTERS.map((value) => ({ value, label: t(`registration.activities_${value}`) })),
  } as const;
  const choose = (value: string) => props.onChange(FILTERS.find((known) => known === value) ?? "all");
  if (phone) return <NativeSelect {...common} onChange={(event) => choose(event.currentTarget.value)} />;
  return <SegmentedControl {...common} onChange={choose} />;
}
