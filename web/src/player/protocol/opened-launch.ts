import type { CourseOutline } from "@coursemesh/scorm/course/course-outline.ts";
import type { InstanceState } from "@coursemesh/scorm/instance12/instance-state.ts";
import type { LaunchContext } from "@coursemesh/scorm/instance12/launch-context.ts";

/** Answer of `POST api/open`: all that a player needs to begin. */
export interface OpenedLaunch {
  readonly launch: {
    readonly id: string;
    readonly registrationId: string;
    readonly instanceId: string;
    /** Activity to begin with; empty or absent: where the learner left off. */
    readonly activity?: string;
  };
  readonly courseTitle: string;
  readonly outline: CourseOutline;
  readonly context: LaunchContext;
  readonly state: InstanceState;
  /** Player settings in force, by id, for instance `launch.target`. */
  readonly settings: Readonly<Record<string, string>>;
  /** Calls of this launch that the server has. */
  readonly acknowledgedSeq: number;
  /** Where the learner came from; empty when unknown. */
  readonly returnUrl: string;
  /** Language tag; empty for the browser's. */
  readonly locale: string;
  readonly organizationName: string;
}
