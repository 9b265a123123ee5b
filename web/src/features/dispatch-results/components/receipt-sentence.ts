import { useTranslation } from "react-i18next";

/** What of a call is said in a sentence. */
export interface ToldCall {
  readonly call: string;
  readonly element: string;
  readonly value: string;
  readonly errorCode: string;
  readonly outcome: string;
}

const SUBJECTS = [
  ["completion", /completion_status$/],
  ["success", /success_status$/],
  ["score", /score\.\w+$/],
  ["time", /session_time$/],
  ["token", /suspend_data$/],
  ["location", /(?:lesson_location|\.location)$/],
  ["exit", /exit$/],
  ["entry", /entry$/],
] as const;
const CALLS = [
  ["keeping", /Commit$/],
  ["start", /Initialize$/],
  ["end", /(?:Finish|Terminate|ExitAU)$/],
  ["learner", /^GetParam$/],
  ["result", /^PutParam$/],
  ["api", /^FindAPI$/],
] as const;

type Subject = (typeof SUBJECTS)[number][0] | (typeof CALLS)[number][0] | "other";

/** What a call was about. */
export function subjectOf({ call, element, value }: ToldCall): Subject {
  if (/lesson_status$/.test(element)) return value === "passed" || value === "failed" ? "success" : "completion";
  return (
    SUBJECTS.find(([, pattern]) => pattern.test(element))?.[0] ??
    CALLS.find(([, pattern]) => pattern.test(call))?.[0] ??
    "other"
  );
}

/** Says it: "their LMS refused completion with error 351". */
export function useReceiptSentence(): (told: ToldCall) => string {
  const { t } = useTranslation();
  return (told) => {
    const { outcome, errorCode, element, call } = told;
    const what = t(`dispatchResults.told_${subjectOf(told)}`, { name: element || call });
    const code = errorCode === "0" ? "" : errorCode;
    switch (outcome) {
      case "accepted":
        return t("dispatchResults.tookSentence", { what });
      case "tolerated":
        return t("dispatchResults.toleratedSentence", { what });
      case "threw":
        return t("dispatchResults.threwSentence", { what });
      case "silent":
        return t("dispatchResults.silentSentence", { what });
      default:
        return code === ""
          ? t("dispatchResults.refusedSentence", { what })
          : t("dispatchResults.refusedWithSentence", { what, code });
    }
  };
}
