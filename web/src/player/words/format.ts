import type { CourseResult } from "@coursemesh/scorm/course/roll-up.ts";
import type { Words } from "./en.ts";

/** Time of day on the learner's clock, `14:32`. */
export function timeOfDay(words: Words, at: number): string {
  return new Intl.DateTimeFormat(words.language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
}

/** A date, `31 Oct 2026`. */
export function calendarDate(words: Words, at: number): string {
  const locale = words.language === "en" ? "en-GB" : words.language;
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric" }).format(at);
}

/** A course's result, `Passed, 92%`. */
export function resultInWords(words: Words, result: CourseResult): string {
  const verdict =
    result.success !== "unknown"
      ? words[result.success]
      : result.completion === "complete"
        ? words.completed
        : result.completion === "incomplete"
          ? words.incomplete
          : words.notAttempted;
  if (result.score === undefined) return verdict;
  const percent = new Intl.NumberFormat(words.language, { style: "percent" }).format(result.score.scaled);
  return `${verdict}, ${percent}`;
}
