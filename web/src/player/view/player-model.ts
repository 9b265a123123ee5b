import type { Standard } from "@coursemesh/scorm/course/course-outline.ts";
import type { CourseResult } from "@coursemesh/scorm/course/roll-up.ts";
import type { ContentsEntry } from "../contents/contents-entry.ts";
import type { CourseControls } from "../session/course-session.ts";
import type { Notice, Scene } from "../session/scene.ts";
import type { PlayerSettings } from "../settings.ts";
import type { SaveIndicator } from "./save-indicator.ts";

/** All that is on the screen, as plain values. The view draws it, again and again. */
export interface PlayerModel {
  readonly scene: Scene;
  /** Said above the course until something else happens. */
  readonly notice: Notice | undefined;
  /** Undefined until the launch is open. */
  readonly course: CourseModel | undefined;
  /** Where the learner came from; empty when unknown. */
  readonly returnUrl: string;
  readonly save: SaveIndicator;
  /** Everything is saved again, a moment ago. */
  readonly justBack: boolean;
  /** For the countdown to the next try, milliseconds since the epoch. */
  readonly now: number;
  readonly contentsOpen: boolean;
}

/** The course as the bar and the contents show it. */
export interface CourseModel {
  readonly title: string;
  readonly standard: Standard;
  /** Of the activity on the stage, or of the one that was there last. */
  readonly activityTitle: string;
  readonly settings: PlayerSettings;
  readonly reviewing: boolean;
  /** Empty when the course has nothing to choose from. */
  readonly contents: readonly ContentsEntry[];
  readonly controls: CourseControls;
  readonly result: CourseResult;
  /** Whole minutes, earlier sessions included. */
  readonly minutes: number;
}
