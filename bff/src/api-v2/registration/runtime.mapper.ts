import { z } from "zod";

const objective = z.object({ id: z.string(), raw: z.string(), min: z.string(), max: z.string(), status: z.string() });
const interaction = z.object({
  id: z.string(),
  time: z.string(),
  type: z.string(),
  weighting: z.string(),
  student_response: z.string(),
  result: z.string(),
  latency: z.string(),
  objectives: z.array(z.string()),
  correct_responses: z.array(z.string()),
});
/** The part of an `ActivityState` (packages/scorm) of SCORM 1.2 that reports show. */
const stored = z.object({
  values: z.record(z.string(), z.string()),
  exit: z.string(),
  objectives: z.array(objective),
  interactions: z.array(interaction),
});

/** Their names for the types of interactions. */
const TYPES: Readonly<Record<string, string>> = {
  "true-false": "TrueFalse",
  choice: "Choice",
  "fill-in": "FillIn",
  likert: "Likert",
  matching: "Matching",
  performance: "Performance",
  sequencing: "Sequencing",
  numeric: "Numeric",
};

const COMPLETED = new Set(["completed", "passed", "failed"]);

/** A `RuntimeSchema` from an activity's stored data model; undefined when it has none. @param lists interactions and objectives too. */
export function toRuntimeSchema(stateJson: string, lists: boolean): object | undefined {
  if (stateJson === "") return undefined;
  const read = stored.safeParse(JSON.parse(stateJson));
  if (!read.success) return undefined;
  const { values, exit, objectives, interactions } = read.data;
  const value = (element: string) => values[element] ?? "";
  const status = value("cmi.core.lesson_status");
  return {
    completionStatus: status,
    exit,
    location: value("cmi.core.lesson_location"),
    scoreRaw: value("cmi.core.score.raw"),
    scoreMin: value("cmi.core.score.min"),
    scoreMax: value("cmi.core.score.max"),
    runtimeSuccessStatus: status === "passed" || status === "failed" ? status.toUpperCase() : "UNKNOWN",
    suspendData: value("cmi.suspend_data"),
    learnerComments: value("cmi.comments") === "" ? [] : [{ value: value("cmi.comments") }],
    lmsComments: [],
    ...(lists && {
      runtimeInteractions: interactions.map((it) => ({
        id: it.id,
        type: TYPES[it.type] ?? "Other",
        objectives: it.objectives,
        timestamp: it.time,
        correctResponses: it.correct_responses,
        weighting: it.weighting,
        learnerResponse: it.student_response,
        result: it.result,
        latency: it.latency,
      })),
      runtimeObjectives: objectives.map((it) => ({
        id: it.id,
        scoreRaw: it.raw,
        scoreMin: it.min,
        scoreMax: it.max,
        runtimeObjectiveSuccessStatus:
          it.status === "passed" || it.status === "failed" ? it.status.toUpperCase() : "UNKNOWN",
        runtimeObjectiveCompletionStatus: COMPLETED.has(it.status) ? "COMPLETED" : "INCOMPLETE",
      })),
    }),
  };
}
