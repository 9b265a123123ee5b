/** A title inside a sentence: isolated for bidirectional text, and shown emphasised (`view/sentence.ts`). */
export const named = (title: string) => `\u2068${title}\u2069`;

const list = (titles: readonly string[]) => new Intl.ListFormat("en").format(titles.map(named));

/** Why something does not open or go on, in English. */
export const reasonsEn = {
  finishFirst: (titles: readonly string[]) => `Opens after you finish ${list(titles)}.`,
  passFirst: (titles: readonly string[]) => `Opens after you pass ${list(titles)}.`,
  needless: (titles: readonly string[]) => `Not needed any more: you've done ${list(titles)}.`,
  stayIn: (title: string) => `Finish ${named(title)} before you leave it.`,
  enterInOrder: (title: string) => `Opens when you reach ${named(title)} step by step.`,
  noAttempts: "You've used all your attempts.",
  notNow: "Not open at this time.",
  notByChoice: "The course leads you there; it can't be chosen.",
  tooFar: "Go on step by step: it's too far from where you are.",
  afterOthers: "Something before it has to be finished first.",
  nothingHere: "There's nothing in it to open right now.",
  nextIsLocked: "What comes next is locked, or you've used all your attempts.",
  lockedByRule: "The course keeps this closed for now.",
  chooseNext: "The course doesn't go on by itself here: choose what comes next.",
  noWayBack: "The course doesn't go back from here.",
  atEnd: "You've reached the end of the course.",
  notThere: "The course doesn't offer that to you.",
  unknownReason: "The course's rules don't allow it.",
};
