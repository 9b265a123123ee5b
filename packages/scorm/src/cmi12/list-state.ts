/** One `cmi.objectives.n`; empty text for what was not set. */
export interface ObjectiveState {
  readonly id: string;
  readonly raw: string;
  readonly min: string;
  readonly max: string;
  readonly status: string;
}

/** One `cmi.interactions.n`, with the book's own names; empty text for what was not set. */
export interface InteractionState {
  readonly id: string;
  readonly time: string;
  readonly type: string;
  readonly weighting: string;
  readonly student_response: string;
  readonly result: string;
  readonly latency: string;
  /** Identifiers of objectives, `cmi.interactions.n.objectives.n.id`. */
  readonly objectives: readonly string[];
  /** `cmi.interactions.n.correct_responses.n.pattern`. */
  readonly correct_responses: readonly string[];
}

export type ObjectiveField = keyof ObjectiveState;
export type InteractionField = Exclude<keyof InteractionState, "objectives" | "correct_responses">;
export type InteractionList = "objectives" | "correct_responses";

export type WritableObjective = { -readonly [field in keyof ObjectiveState]: ObjectiveState[field] };
export type WritableInteraction = Record<InteractionField, string> & Record<InteractionList, string[]>;

export const blankObjective = (): WritableObjective => ({ id: "", raw: "", min: "", max: "", status: "" });

export const copyObjective = (objective: ObjectiveState): WritableObjective => ({ ...objective });

export const blankInteraction = (): WritableInteraction => ({
  id: "",
  time: "",
  type: "",
  weighting: "",
  student_response: "",
  result: "",
  latency: "",
  objectives: [],
  correct_responses: [],
});

export const copyInteraction = (interaction: InteractionState): WritableInteraction => ({
  ...interaction,
  objectives: interaction.objectives.slice(),
  correct_responses: interaction.correct_responses.slice(),
});
