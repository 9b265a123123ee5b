import type { ChangeView } from "@coursemesh/proto/coursemesh/web/v1/sequencing_view_pb.ts";
import { Button, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { usePhone } from "../../../lib/use-phone.ts";
import { changesByMeaning } from "./change-order.ts";
import type { Names } from "./names.ts";
import classes from "./why.module.css";

/** Changes that are shown without asking, on a desk and on a phone. */
const FIRST = [8, 3] as const;

/** Values that became others, by the book's names. */
export function ChangeList({ changes, names }: { readonly changes: readonly ChangeView[]; readonly names: Names }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const first = FIRST[usePhone() ? 1 : 0];
  if (changes.length === 0)
    return (
      <Text fz="sm" c="dimmed">
        {t("why.nothingChanged")}
      </Text>
    );
  const subject = ({ activityId, objectiveId }: ChangeView) => {
    if (activityId === "") return objectiveId ? t("why.globalObjective", { id: objectiveId }) : t("why.course");
    return objectiveId ? `${names.activity(activityId)}, ${objectiveId}` : names.activity(activityId);
  };
  return (
    <>
      <ul className={classes.changes}>
        {changesByMeaning(changes)
          .slice(0, all ? changes.length : first)
          .map((change) => (
            <li key={`${change.activityId} ${change.objectiveId} ${change.name}`}>
              <span className={classes.subject}>{subject(change)}</span>
              <span>
                {change.name}: <code>{valueText(change, change.before, names)}</code> →{" "}
                <code>{valueText(change, change.after, names)}</code>
              </span>
            </li>
          ))}
      </ul>
      {!all && changes.length > first && (
        <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}>
          {t("why.changesMore", { count: changes.length })}
        </Button>
      )}
    </>
  );
}

/** Of what belongs to no activity the values are activities. */
function valueText({ activityId, objectiveId }: ChangeView, value: string, names: Names): string {
  if (value === "") return "—";
  return activityId === "" && objectiveId === "" ? names.activity(value) : value;
}
