/** What the learner can ask of the player; the view calls it, the player does it. */
export interface PlayerActions {
  readonly choose: (activity: string) => void;
  readonly next: () => void;
  readonly previous: () => void;
  /** Leaves the course in the way that it has. */
  readonly leave: () => void;
  /** One of the further ways to end something, after the learner has confirmed it where that is due. */
  readonly end: (control: "exit" | "exitAll" | "abandon" | "abandonAll") => void;
  /** Goes back to the activity after something was not possible. */
  readonly goBack: () => void;
  readonly toggleContents: () => void;
  readonly openContents: () => void;
  /** Opens the launch again after it failed or took long. */
  readonly retryOpen: () => void;
  readonly tryNow: () => void;
  /** What support needs to know, for the clipboard. */
  readonly details: () => string;
  readonly continueHere: () => void;
  readonly closeLost: () => void;
  readonly openCourse: () => void;
  readonly openAgain: () => void;
}
