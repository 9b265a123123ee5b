import type { DecisionView, FactView } from "@coursemesh/proto/coursemesh/web/v1/sequencing_view_pb.ts";
import { Anchor, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Names } from "./names.ts";
import classes from "./why.module.css";

const KINDS = [
  "precondition_rule",
  "postcondition_rule",
  "exit_rule",
  "rollup_rule",
  "limit_condition",
  "control_mode",
  "constrained_choice",
  "selection",
  "randomization",
  "objective_map",
  "delivery_control",
  "content",
] as const;

/** Decisions, the most telling one first: sentence, rule, where it stands, and the values it rests on. */
export function DecisionList(props: {
  readonly decisions: readonly DecisionView[];
  readonly names: Names;
  readonly onStep: (stepId: string) => void;
  /** A sentence that stands above the list already. */
  readonly said?: string | undefined;
}) {
  return (
    <ul className={classes.decisions}>
      {props.decisions.map((decision) => (
        <li key={`${decision.activityId} ${decision.process} ${decision.sentence}`} className={classes.decision}>
          {decision.sentence !== props.said && (
            <Text fz="sm" fw={500} style={{ overflowWrap: "anywhere" }}>
              {decision.sentence}
            </Text>
          )}
          <Where decision={decision} names={props.names} />
          {decision.rule && (
            <Text fz="xs" className={classes.rule ?? ""}>
              {decision.rule}
            </Text>
          )}
          {decision.facts.length > 0 && (
            <ul className={classes.facts}>
              {decision.facts.map((fact) => (
                <Fact key={`${fact.name} ${fact.value}`} fact={fact} names={props.names} onStep={props.onStep} />
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Kind, process, the activity that carries the rule, and the manifest's line where it is known. */
function Where({ decision, names }: { readonly decision: DecisionView; readonly names: Names }) {
  const { t } = useTranslation();
  const kind = KINDS.find((known) => known === decision.kind) ?? "unknown";
  // That nobody said anything is nothing that content has said.
  const nobody = kind === "content" && decision.facts.length === 0;
  const parts = [
    !nobody && t(`why.kind_${kind}`),
    decision.process,
    decision.rule !== "" &&
      decision.activityId !== "" &&
      t("why.carriedBy", { title: names.activity(decision.activityId) }),
    decision.line > 0 && t("why.line", { line: decision.line }),
  ];
  return (
    <Text fz="xs" c="dimmed">
      {parts.filter(Boolean).join(" · ")}
    </Text>
  );
}

function Fact({
  fact,
  names,
  onStep,
}: {
  readonly fact: FactView;
  readonly names: Names;
  readonly onStep: (stepId: string) => void;
}) {
  const { t } = useTranslation();
  const number = names.step(fact.stepId);
  const source = fact.sourceActivityId && names.activity(fact.sourceActivityId);
  return (
    <li>
      {fact.name}: <strong>{fact.value}</strong>
      {source && ` · ${source}`}
      {number !== undefined && (
        <>
          {" · "}
          <Anchor component="button" type="button" fz="xs" onClick={() => onStep(fact.stepId)}>
            {t("why.fromStep", { number })}
          </Anchor>
        </>
      )}
      {fact.stepId !== "" && number === undefined && ` · ${t("why.fromElsewhere")}`}
    </li>
  );
}
