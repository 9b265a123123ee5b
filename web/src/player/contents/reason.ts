/** Why something cannot be opened or does not go on. The catalogues have a sentence for each kind; titles are of activities. */
export type Reason =
  | { readonly kind: "finishFirst" | "passFirst" | "needless"; readonly titles: readonly string[] }
  | { readonly kind: "stayIn" | "enterInOrder"; readonly title: string }
  | { readonly kind: PlainReason };

/** Reasons that say it all by their name. */
export type PlainReason =
  /** The learner has tried as often as is allowed. */
  | "noAttempts"
  /** Its time is over, or has not begun. */
  | "notNow"
  /** Only the course itself leads there. */
  | "notByChoice"
  /** It lies too far from where the learner is. */
  | "tooFar"
  /** Something before it is not done. */
  | "afterOthers"
  /** It has nothing that could be opened. */
  | "nothingHere"
  /** What would come next is locked. */
  | "nextIsLocked"
  /** A rule of the course that there are no better words for. */
  | "locked"
  /** The course does not go on by itself: the learner chooses. */
  | "chooseNext"
  | "noWayBack"
  | "atEnd"
  | "notThere"
  | "unknown";
