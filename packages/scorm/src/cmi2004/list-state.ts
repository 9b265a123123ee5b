/** Values of one entry, by what follows its index in the element's name: `score.raw` of `cmi.objectives.n`. Absent = never set. */
export interface ObjectiveState {
  readonly id: string;
  readonly "score.scaled"?: string | undefined;
  readonly "score.raw"?: string | undefined;
  readonly "score.min"?: string | undefined;
  readonly "score.max"?: string | undefined;
  readonly success_status?: string | undefined;
  readonly completion_status?: string | undefined;
  readonly progress_measure?: string | undefined;
  readonly description?: string | undefined;
  /** Statuses that the LMS has filled in from what it knows of the objective, and that the SCO has not set since. */
  readonly restored?: readonly ObjectiveStatus[] | undefined;
}

export type ObjectiveStatus = "success_status" | "completion_status";

/** One `cmi.interactions.n`. */
export interface InteractionState {
  readonly id: string;
  readonly type?: string | undefined;
  readonly timestamp?: string | undefined;
  readonly weighting?: string | undefined;
  readonly learner_response?: string | undefined;
  readonly result?: string | undefined;
  readonly latency?: string | undefined;
  readonly description?: string | undefined;
  /** Identifiers of objectives, `cmi.interactions.n.objectives.n.id`. */
  readonly objectives: readonly string[];
  /** `cmi.interactions.n.correct_responses.n.pattern`. */
  readonly correct_responses: readonly string[];
}

/** One `cmi.comments_from_learner.n` or `cmi.comments_from_lms.n`. */
export interface CommentState {
  readonly comment?: string | undefined;
  readonly location?: string | undefined;
  readonly timestamp?: string | undefined;
}

export type InteractionList = "objectives" | "correct_responses";
export type ObjectiveField = Exclude<keyof ObjectiveState, "restored">;
export type InteractionField = Exclude<keyof InteractionState, InteractionList>;
export type CommentField = keyof CommentState;

export type WritableObjective = { -readonly [field in keyof ObjectiveState]: ObjectiveState[field] };
export type WritableInteraction = {
  -readonly [field in keyof InteractionState]: field extends InteractionList ? string[] : InteractionState[field];
};
export type WritableComment = { -readonly [field in keyof CommentState]: CommentState[field] };

export const blankObjective = (): WritableObjective => ({ id: "" });
export const copyObjective = (objective: ObjectiveState): WritableObjective => ({ ...objective });

// All fields at once keep the records in one shape, which is what makes appending thousands of them cheap.
export const blankInteraction = (): WritableInteraction => ({
  id: "",
  type: undefined,
  timestamp: undefined,
  weighting: undefined,
  learner_response: undefined,
  result: undefined,
  latency: undefined,
  description: undefined,
  objectives: [],
  correct_responses: [],
});
export const copyInteraction = (interaction: InteractionState): WritableInteraction => ({
  ...interaction,
  objectives: interaction.objectives.slice(),
  correct_responses: interaction.correct_responses.slice(),
});

export const blankComment = (): WritableComment => ({});
export const copyComment = (comment: CommentState): WritableComment => ({ ...comment });
