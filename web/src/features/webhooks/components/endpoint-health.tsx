import type { FailureRow, HealthStepRow } from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";
import { Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { StepBars } from "../../../components/step-bars.tsx";
import { useOutcomeWord } from "./outcome-text.tsx";

/** Attempts of the last day over time, and what went wrong how often. */
export function EndpointHealth(props: {
  readonly steps: readonly HealthStepRow[];
  readonly failures: readonly FailureRow[];
}) {
  const { t, i18n } = useTranslation();
  const word = useOutcomeWord();
  return (
    <div>
      <StepBars
        label={t("webhooks.attempts24")}
        series={[
          { name: t("webhooks.state_delivered"), colour: "var(--cm-passed-fill)" },
          { name: t("webhooks.failedAttempts"), colour: "var(--cm-failed-fill)" },
        ]}
        steps={props.steps.map(({ startTime, deliveredCount, failedAttemptCount }) => ({
          start: Number(startTime),
          counts: [Number(deliveredCount), Number(failedAttemptCount)],
        }))}
      />
      {props.failures.length > 0 && (
        <Group
          component="ul"
          gap="xs"
          p={0}
          m={0}
          mt={6}
          style={{ listStyle: "none" }}
          aria-label={t("webhooks.failures")}
        >
          {props.failures.slice(0, 6).map(({ outcome, httpStatus, count }) => (
            <li key={`${outcome} ${httpStatus}`}>
              <Text fz="xs" c="var(--cm-failed)">
                {word(outcome, httpStatus)} × {count.toLocaleString(i18n.language)}
              </Text>
            </li>
          ))}
        </Group>
      )}
    </div>
  );
}
