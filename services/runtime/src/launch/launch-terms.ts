import type { RollUpPolicy } from "@coursemesh/scorm/course/roll-up.ts";
import type { LaunchContext } from "@coursemesh/scorm/instance12/launch-context.ts";

/** What is decided when a launch is made, stored with it as JSON. Settings that change later apply to the next launch. */
export interface LaunchTerms {
  readonly context: LaunchContext;
  readonly rollUp: RollUpPolicy;
  /** Settings in force, by id. */
  readonly settings: Readonly<Record<string, string>>;
  readonly courseTitle: string;
  readonly organizationName: string;
}

/** Id under which the player finds the activity to begin with among its settings; absent: where the learner left off. */
export const START_ACTIVITY = "launch.start_activity";
