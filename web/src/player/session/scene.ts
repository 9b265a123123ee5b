import type { CourseResult } from "@coursemesh/scorm/course/roll-up.ts";
import type { Refusal } from "./refusal.ts";
import type { Because } from "./turn.ts";

/** What the middle of the player shows. Exactly one at a time. */
export type Scene =
  /** `title` is empty until the server has said it; `slow` after eight seconds. */
  | { readonly kind: "opening"; readonly title: string; readonly slow: boolean }
  /** Content in the frame. */
  | { readonly kind: "frame" }
  /** Content in its own window, or that window closed. */
  | { readonly kind: "window"; readonly title: string; readonly open: boolean }
  | { readonly kind: "popUpBlocked" }
  /** The server is asked what comes next; `stuck` after half a minute. */
  | { readonly kind: "going"; readonly slow: boolean; readonly stuck: boolean }
  /** The learner left; saving. */
  | { readonly kind: "leaving" }
  /** The learner left, and saving takes too long. */
  | { readonly kind: "unsaved"; readonly kept: boolean }
  /** `savedAt` is 0 when nothing was recorded. */
  | {
      readonly kind: "ended";
      readonly how: "ended" | "suspended";
      readonly result: CourseResult;
      readonly savedAt: number;
      readonly reviewed: boolean;
    }
  /** Nothing deliverable. */
  | { readonly kind: "nothing"; readonly reason: Because }
  /** What the learner asked for was refused; `title` is the activity that they can go back to. */
  | { readonly kind: "notPossible"; readonly reason: Because; readonly title: string }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  /** After the learner chose to close a window that had lost its lease; also the window that gave way. */
  | { readonly kind: "closed" }
  /** Another window records now, since `at`. */
  | { readonly kind: "leaseLost"; readonly at: number };

/** What is said above content that stays on the stage. */
export type Notice =
  /** Content asked for something that is not possible. */
  | { readonly kind: "notPossible"; readonly reason: Because }
  /** Content has finished and stays where it is: how the learner goes on. */
  | { readonly kind: "partFinished"; readonly by: "next" | "contents" | "leaving" };

const playing: ReadonlySet<Scene["kind"]> = new Set([
  "opening",
  "frame",
  "window",
  "popUpBlocked",
  "going",
  "nothing",
  "notPossible",
]);

/** Scenes in which an open course can be used and left. */
export function isPlaying(scene: Scene): boolean {
  return playing.has(scene.kind);
}
