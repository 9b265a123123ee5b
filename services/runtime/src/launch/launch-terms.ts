import type { FoldTerms } from "../instance/instance-model.ts";

/** What is decided when a launch is made, stored with it as JSON. Settings that change later apply to the next launch. */
export interface LaunchTerms extends FoldTerms {
  /** Settings in force, by id. */
  readonly settings: Readonly<Record<string, string>>;
  readonly courseTitle: string;
  readonly organizationName: string;
}

/** Id under which the player finds the activity to begin with among its settings; absent: where the learner left off. */
export const START_ACTIVITY = "launch.start_activity";
