/** Where the bridge, and the player in it, is shown. */
export interface CoursePlace {
  /** The bridge's window; undefined while there is none. */
  readonly window: () => Window | null | undefined;
  /** Takes it away. */
  readonly close: () => void;
  /** Brings it in front of the learner. */
  readonly focus: () => void;
}

/** What a course in a frame may do: what courses of all ages ask for. */
export const FRAME_PERMISSIONS =
  "autoplay *; fullscreen *; encrypted-media *; picture-in-picture *; clipboard-write *; microphone *; camera *; unload *";
