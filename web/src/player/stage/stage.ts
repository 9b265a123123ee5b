/** Where an activity's content is shown. */
export interface Stage {
  /** Shows content in place of whatever is there; the caller has left that before. False when the browser refused. */
  open(address: string, title: string): boolean;
  /** Takes the content away and resolves when its unload handlers have run, so that it could say its last words to the API. */
  leave(): Promise<void>;
  /** Moves the keyboard to the content. */
  focus(): void;
  /** Takes everything away for good. */
  dispose(): void;
}

/** What a stage tells the player. */
export interface StageEvents {
  /** The content's document has loaded. */
  readonly onLoaded: () => void;
  /** The content's window was closed, by the learner or by the course. */
  readonly onClosed: () => void;
  /** A key was pressed inside the content. */
  readonly onKey: (event: KeyboardEvent) => void;
}

/** Milliseconds to wait for unload handlers; a course that asks "really leave?" or hangs is not waited for longer. */
export const unloadTimeout = 2_500;
