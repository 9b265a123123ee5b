import type {
  AttemptReport,
  CompletionStatus,
  ExitReason,
  ObjectiveReport,
  SuccessStatus,
} from "../sequencing/run-time-input.ts";
import type { DataModel } from "./data-model.ts";
import { elementRule } from "./element-table.ts";
import type { ObjectiveState, ObjectiveStatus } from "./list-state.ts";
import { numberOf } from "./status-rules.ts";
import { parseTimeInterval } from "./time-interval.ts";

const elements = {
  scoreScaled: elementRule("cmi.score.scaled"),
  scoreRaw: elementRule("cmi.score.raw"),
  scoreMin: elementRule("cmi.score.min"),
  scoreMax: elementRule("cmi.score.max"),
  progressMeasure: elementRule("cmi.progress_measure"),
};
const exit = elementRule("cmi.exit");
const sessionTime = elementRule("cmi.session_time");

/**
 * What a data model says to the sequencing core: statuses as GetValue answers them, numbers as numbers. A status that neither the SCO has set
 * nor the LMS decides is left out: `unknown` that was said is something else than silence.
 */
export function attemptReport(data: DataModel): AttemptReport {
  const time = parseTimeInterval(data.value(sessionTime) ?? "", false);
  return {
    ...(data.completionIsSaid ? { completionStatus: data.completion() as CompletionStatus } : {}),
    ...(data.successIsSaid ? { successStatus: data.success() as SuccessStatus } : {}),
    ...numbers({
      scoreScaled: data.value(elements.scoreScaled),
      scoreRaw: data.value(elements.scoreRaw),
      scoreMin: data.value(elements.scoreMin),
      scoreMax: data.value(elements.scoreMax),
      progressMeasure: data.value(elements.progressMeasure),
    }),
    objectives: data.stored().objectives.map(objectiveReport),
    exit: (data.value(exit) ?? "") as ExitReason,
    ...(time === undefined ? {} : { sessionTime: time / 100 }),
  };
}

function objectiveReport(objective: ObjectiveState): ObjectiveReport {
  const said = (status: ObjectiveStatus) => (objective.restored?.includes(status) ? undefined : objective[status]);
  const completion = said("completion_status");
  const success = said("success_status");
  return {
    id: objective.id,
    ...(completion === undefined ? {} : { completionStatus: completion as CompletionStatus }),
    ...(success === undefined ? {} : { successStatus: success as SuccessStatus }),
    ...numbers({
      scoreScaled: objective["score.scaled"],
      scoreRaw: objective["score.raw"],
      scoreMin: objective["score.min"],
      scoreMax: objective["score.max"],
      progressMeasure: objective.progress_measure,
    }),
  };
}

type Measures = Pick<AttemptReport, "scoreScaled" | "scoreRaw" | "scoreMin" | "scoreMax" | "progressMeasure">;

function numbers(texts: Readonly<Record<keyof Measures, string | undefined>>): Measures {
  const known: { -readonly [key in keyof Measures]: Measures[key] } = {};
  for (const key of Object.keys(texts) as (keyof Measures)[]) {
    const number = numberOf(texts[key]);
    if (number !== undefined) known[key] = number;
  }
  return known;
}
