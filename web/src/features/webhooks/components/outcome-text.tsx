import type { AttemptRow } from "@coursemesh/proto/coursemesh/web/v1/webhook_view_pb.ts";
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { isOutcome } from "../delivery/delivery-filters.ts";

/** What came of a request in a word: `204`, `Timeout`, `DNS`. */
export function useOutcomeWord(): (outcome: string, httpStatus: number) => string {
  const { t } = useTranslation();
  return (outcome, httpStatus) => {
    if (httpStatus > 0) return String(httpStatus);
    return isOutcome(outcome) ? t(`webhooks.outcome_${outcome}`) : outcome;
  };
}

/** The same in colour, for a table. */
export function OutcomeWord({ attempt }: { readonly attempt: AttemptRow | undefined }) {
  const word = useOutcomeWord();
  if (!attempt) return <span>—</span>;
  const good = attempt.outcome === "delivered";
  return (
    <Text span fz="sm" className="numbers" c={good ? "var(--cm-passed)" : "var(--cm-failed)"} title={attempt.error}>
      {word(attempt.outcome, attempt.httpStatus)}
    </Text>
  );
}

/** What it means and where to look, in a sentence. */
export function useOutcomeSentence(): (attempt: Pick<AttemptRow, "outcome" | "httpStatus" | "latencyMs">) => string {
  const { t } = useTranslation();
  return ({ outcome, httpStatus, latencyMs }) =>
    isOutcome(outcome) ? t(`webhooks.meaning_${outcome}`, { status: httpStatus, milliseconds: latencyMs }) : outcome;
}
