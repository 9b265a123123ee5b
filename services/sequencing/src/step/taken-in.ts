import type { SequencingState } from "@coursemesh/scorm/sequencing/session.ts";
import type { ObjectiveProgress } from "@coursemesh/scorm/sequencing/tracking.ts";

/** Global objectives that others had changed since the step before, with the step that wrote each, empty after a correction by hand. */
export type TakenIn = Readonly<Record<string, { readonly progress: ObjectiveProgress; readonly stepId: string }>>;

/** The state with what others have changed. */
export function withTakenIn(state: SequencingState, takenIn: TakenIn | undefined): SequencingState {
  if (takenIn === undefined) return state;
  const globalObjectives = { ...state.globalObjectives };
  for (const [id, { progress }] of Object.entries(takenIn)) globalObjectives[id] = progress;
  return { ...state, globalObjectives };
}
