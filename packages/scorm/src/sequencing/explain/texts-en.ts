import { exceptionCodes } from "../exception-codes.ts";
import type { Texts } from "./texts.ts";

/** English. */
export const english: Texts = {
  and: " and ",
  or: " or ",
  if: " if ",
  yes: "yes",
  no: "no",
  unknown: "unknown",
  objective: (id) => `objective ${id}`,
  itself: "the activity",
  condition: (condition, subject, not, threshold) => {
    const state = (word: string) => `${subject} ${not ? `not ${word}` : word}`;
    switch (condition) {
      case "satisfied":
      case "completed":
        return state(condition);
      case "attempted":
        return state("attempted before");
      case "objectiveStatusKnown":
        return `status of ${subject} ${not ? "unknown" : "known"}`;
      case "objectiveMeasureKnown":
        return `score of ${subject} ${not ? "unknown" : "known"}`;
      case "activityProgressKnown":
        return `progress of ${subject} ${not ? "unknown" : "known"}`;
      case "objectiveMeasureGreaterThan":
        return `score of ${subject} ${not ? "not above" : "above"} ${threshold}`;
      case "objectiveMeasureLessThan":
        return `score of ${subject} ${not ? "not below" : "below"} ${threshold}`;
      case "attemptLimitExceeded":
        return not ? "attempts left" : "all attempts used";
      case "timeLimitExceeded":
        return not ? "time left" : "time used up";
      case "outsideAvailableTimeRange":
        return not ? "within its dates" : "outside its dates";
      case "always":
        return not ? "never" : "always";
    }
  },
  conditionName: (condition, subject) => {
    if (condition === "satisfied" || condition === "objectiveStatusKnown") return `${subject} satisfied`;
    if (condition.startsWith("objectiveMeasure")) return `score of ${subject}`;
    if (condition === "completed" || condition === "activityProgressKnown") return `${subject} completed`;
    if (condition === "attempted" || condition === "attemptLimitExceeded") return "attempts";
    return condition === "always" ? "always" : "time";
  },
  reportedBy: (title) => ` by ${title}`,
  endedSilently: (title) => ` because ${title} ended without saying otherwise`,
  rolledUpIn: (title) => ` by the roll-up of ${title}`,
  anotherCourse: " in another course",
  byHand: " by a correction",
  action: {
    skip: "skip",
    disabled: "disable",
    hiddenFromChoice: "hide from choice",
    stopForwardTraversal: "stop going forward",
    exit: "end",
    exitParent: "end the parent",
    exitAll: "end the course",
    retry: "try again",
    retryAll: "start the course over",
    continue: "go on",
    previous: "go back",
  },
  applied: (action, title) =>
    ({
      skip: `${title} skipped`,
      disabled: `${title} is disabled`,
      hiddenFromChoice: `${title} is hidden from choice`,
      stopForwardTraversal: `Nobody gets past ${title}`,
      exit: `${title} was ended`,
      exitParent: `After ${title} the cluster around it was ended`,
      exitAll: `After ${title} the course was ended`,
      retry: `${title} is tried again`,
      retryAll: `After ${title} the course starts over`,
      continue: `After ${title} the course went on by itself`,
      previous: `After ${title} the course went back by itself`,
    })[action],
  limit: ({ limit, attempts = 0, allowed = 0 }, title) => {
    if (limit === "attempts") return `${title} may not be begun: ${attempts} of ${allowed} attempts are used`;
    return limit === "duration"
      ? `${title} may not be begun: its time is used up`
      : `${title} may not be begun: it is not open at this time`;
  },
  rollupAction: {
    satisfied: "satisfied",
    notSatisfied: "not satisfied",
    completed: "completed",
    incomplete: "incomplete",
  },
  rollupRule: ({ action, childActivitySet = "all", minimumCount = 0, minimumPercent = 0 }, conditions) => {
    const set = {
      all: "all children are",
      any: "any child is",
      none: "no child is",
      atLeastCount: `at least ${minimumCount} children are`,
      atLeastPercent: `at least ${minimumPercent * 100}% of the children are`,
    }[childActivitySet];
    return `${english.rollupAction[action]} if ${set}: ${conditions}`;
  },
  rollup: (title, action, holding, contributing, conditions) =>
    `${title} counts as ${action}: ${holding} of ${contributing} children are ${conditions}`,
  exceptions: exceptionCodes,
  inTheWay: (sentence, title) => `${sentence.replace(/\.$/, "")} (${title}).`,
  navigation: {
    start: "Start",
    resumeAll: "Resume",
    continue: "Continue",
    previous: "Previous",
    forward: "Forward",
    backward: "Backward",
    choice: "Choice",
    jump: "Jump",
    exit: "Exit",
    exitAll: "Exit all",
    abandon: "Abandon",
    abandonAll: "Abandon all",
    suspendAll: "Suspend all",
  },
  resultsTaken: "Results taken over",
  delivered: (title, because) => `${title} delivered: ${because}`,
  refused: (request, reason) => `${request} refused: ${reason}`,
  nothingDelivered: (request, reason) => `${request}: nothing was delivered. ${reason}`.trim(),
  sessionEnded: (request) => `${request}: the session ended`,
  notSelected: (title, parent) => `${title} is not in this learner's selection of ${parent}`,
  reordered: (title) => `The children of ${title} stand in a drawn order`,
  selected: (title, count, of) => `${count} of ${of} children of ${title} were drawn`,
  invisible: (title) => `${title} is not listed: the manifest makes it invisible`,
  choiceRefused: (title, reason) => `${title} cannot be chosen now: ${reason}`,
  statusSaid: (title, values) => `${title} said so itself: ${values}`,
  statusAssumed: (title, values) => `${title} ended without saying otherwise, so it counts as ${values}`,
  statusFromGlobal: (title, values, global, source) => `${title} is ${values}: read from ${global}, set${source}`,
  statusByMeasure: (title, values) => `${title} has from the scores below it: ${values}`,
  neverAttempted: (title) => `${title} was never begun`,
  nothingDecided: (title) => `No rule has decided anything about ${title}`,
  simulatedSame: "Nothing would have been different.",
  simulatedOther: (summary) => `It would have gone differently from here: ${summary}.`,
  simulatedShort: "What the learner did afterwards does not fit any more.",
  values: {
    satisfied: (value) => (value === "yes" ? "satisfied" : value === "no" ? "not satisfied" : "status unknown"),
    completed: (value) => (value === "yes" ? "completed" : value === "no" ? "incomplete" : "progress unknown"),
    measure: (value) => `score ${value}`,
    completionAmount: (value) => `progress ${value}`,
    scoreRaw: (value) => `raw score ${value}`,
    scoreMin: (value) => `minimum score ${value}`,
    scoreMax: (value) => `maximum score ${value}`,
  },
};
