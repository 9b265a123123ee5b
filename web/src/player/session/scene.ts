import type { CourseResult } from "@coursemesh/scorm/course/roll-up.ts";
import type { Refusal } from "./refusal.ts";

/** What the middle of the player shows. Exactly one at a time. */
export type Scene =
  /** `title` is empty until the server has said it; `slow` after eight seconds. */
  | { readonly kind: "opening"; readonly title: string; readonly slow: boolean }
  /** Content in the frame. */
  | { readonly kind: "frame" }
  /** Content in its own window, or that window closed. */
  | { readonly kind: "window"; readonly title: string; readonly open: boolean }
  | { readonly kind: "popUpBlocked" }
  /** The learner left; saving. */
  | { readonly kind: "leaving" }
  /** The learner left, and saving takes too long. */
  | { readonly kind: "unsaved"; readonly kept: boolean }
  /** `savedAt` is 0 when nothing was recorded. */
  | { readonly kind: "ended"; readonly result: CourseResult; readonly savedAt: number; readonly reviewed: boolean }
  /** Nothing deliverable; `locked` is the first activity that waits for others. */
  | {
      readonly kind: "nothing";
      readonly locked: { readonly title: string; readonly after: readonly string[] } | undefined;
    }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  /** After the learner chose to close a window that had lost its lease; also the window that gave way. */
  | { readonly kind: "closed" }
  /** Another window records now, since `at`. */
  | { readonly kind: "leaseLost"; readonly at: number };

const playing: ReadonlySet<Scene["kind"]> = new Set(["opening", "frame", "window", "popUpBlocked", "nothing"]);

/** Scenes in which an open course can be used and left. */
export function isPlaying(scene: Scene): boolean {
  return playing.has(scene.kind);
}
