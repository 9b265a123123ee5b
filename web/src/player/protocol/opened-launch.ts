import type { CourseOutline } from "@coursemesh/scorm/course/course-outline.ts";
import type { InstanceState } from "@coursemesh/scorm/instance12/instance-state.ts";
import type { LaunchContext } from "@coursemesh/scorm/instance12/launch-context.ts";
import type { Instance2004State } from "@coursemesh/scorm/instance2004/instance-state.ts";
import type { Launch2004Context } from "@coursemesh/scorm/instance2004/launch-context.ts";

/** What a launch has whatever its standard. */
export interface LaunchFacts {
  readonly launch: {
    readonly id: string;
    readonly registrationId: string;
    readonly instanceId: string;
    /** Activity to begin with; empty or absent: where the learner left off. */
    readonly activity?: string;
  };
  readonly courseTitle: string;
  readonly outline: CourseOutline;
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

/** A launch of a SCORM 1.2 course. */
export interface Scorm12Launch extends LaunchFacts {
  readonly context: LaunchContext;
  readonly state: InstanceState;
}

/** A launch of a SCORM 2004 course; its outline has an activity tree. */
export interface Scorm2004Launch extends LaunchFacts {
  readonly context: Launch2004Context;
  readonly state: Instance2004State;
}

/** Answer of `POST api/open`: all that a player needs to begin. */
export type OpenedLaunch = Scorm12Launch | Scorm2004Launch;

/** Which of the two it is, by its outline. */
export function isScorm2004(opened: OpenedLaunch): opened is Scorm2004Launch {
  return opened.outline.standard === "scorm2004";
}
