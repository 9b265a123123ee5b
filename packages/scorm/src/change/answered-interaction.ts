import type { InteractionState as Interaction12 } from "../cmi12/list-state.ts";
import type { InteractionState as Interaction2004 } from "../cmi2004/list-state.ts";

/** An interaction in the content's own words; empty for what was not set. */
export interface AnsweredInteraction {
  /** The index when the content has given no id. */
  readonly id: string;
  readonly type: string;
  readonly response: string;
  readonly result: string;
  readonly latency: string;
  readonly weighting: string;
  readonly description: string;
  readonly objectives: readonly string[];
  readonly correctResponses: readonly string[];
}

type Record = Interaction12 | Interaction2004;

/** What is to be told about an interaction; undefined when it has no answer, or none that differs from the one before. */
export function answerOf(index: number, record: Record, before: Record | undefined): AnsweredInteraction | undefined {
  if (record === before) return undefined;
  const answer = read(index, record);
  if (answer.response === "" && answer.result === "") return undefined;
  return before && JSON.stringify(read(index, before)) === JSON.stringify(answer) ? undefined : answer;
}

function read(index: number, record: Record): AnsweredInteraction {
  const { id, type = "", result = "", latency = "", weighting = "", objectives, correct_responses } = record;
  return {
    id: id === "" ? String(index) : id,
    type,
    response: ("student_response" in record ? record.student_response : record.learner_response) ?? "",
    result,
    latency,
    weighting,
    description: ("description" in record ? record.description : undefined) ?? "",
    objectives,
    correctResponses: correct_responses,
  };
}
