import type { CourseResult } from "@coursemesh/scorm/course/roll-up.ts";
import type { JournalMethod } from "@coursemesh/scorm/journal/journal-call.ts";
import type { HiddenControl } from "@coursemesh/scorm/sequencing/activity-tree.ts";
import type { ControlState } from "@coursemesh/scorm/sequencing/player-controls.ts";
import type { ContentsEntry } from "../contents/contents-entry.ts";
import type { JournalQueue } from "../journal/journal-queue.ts";
import type { JournalStatus } from "../journal/journal-status.ts";
import type { JournalReceipt } from "../protocol/launch-api.ts";
import type { LaunchError } from "../protocol/launch-error.ts";
import type { OpenedLaunch } from "../protocol/opened-launch.ts";
import type { PlayerSettings } from "../settings.ts";
import type { LearnerRequest, Turn } from "./turn.ts";

/** What a session tells the player. */
export interface SessionEvents {
  readonly onStatus: (status: JournalStatus) => void;
  readonly onRefused: (error: LaunchError) => void;
  /** Something was called that may change contents or result. */
  readonly onCall: (method: JournalMethod) => void;
  /** Content itself asked to go somewhere, with its last call; resolves when it is known what follows. */
  readonly onTurn: (turn: Promise<Turn | undefined>) => void;
}

/** The API object, and the name by which content looks for it in its parents and its opener. */
export interface OfferedApi {
  readonly name: "API" | "API_1484_11";
  readonly object: object;
}

/** Controls of the player by the names of `hideLMSUI`; `exitAll` is how a course without sequencing is left. */
export type CourseControls = Readonly<Record<HiddenControl, ControlState>>;

/**
 * A launch that was opened, of whatever standard: the API that its content calls, the journal that keeps the calls, and what the learner may
 * do next. The seam between the player and the standards.
 */
export interface CourseSession {
  readonly opened: OpenedLaunch;
  readonly settings: PlayerSettings;
  readonly api: OfferedApi;
  readonly queue: JournalQueue;
  /** Time that earlier sessions took. */
  readonly secondsBefore: number;
  /** In review nothing is recorded: the API answers, and the journal stays empty. */
  readonly reviewing: boolean;
  /** Whether there is more than one activity. */
  readonly hasContents: boolean;
  /** Activity that is on the stage; empty between activities. */
  readonly activity: string;
  /** What is on the stage has said its last word and stands there: only the learner goes on. */
  readonly partFinished: boolean;
  titleOf(activity: string): string;
  addressOf(activity: string): string;
  /** What to show first; `again` when the learner asked to open the course anew after it had ended. */
  begin(again: boolean): Promise<Turn | undefined>;
  /** Whether it makes sense to ask for this now. */
  may(request: LearnerRequest): boolean;
  /**
   * Carries out a request. `unload` takes content off the stage, with the last words it has for the API, and resolves to false when there is
   * no use in going on. Resolves to undefined when the launch was lost meanwhile.
   */
  request(request: LearnerRequest, unload: () => Promise<boolean>): Promise<Turn | undefined>;
  contents(): readonly ContentsEntry[];
  controls(): CourseControls;
  result(): CourseResult;
  /** The server has taken an append. */
  onReceipt?(receipt: JournalReceipt): void;
  /** From now on every call of content fails: another launch has taken over. */
  refuse(reason: string): void;
}
