import { setTimeout as sleep } from "node:timers/promises";
import { type LmsRecord, newRecord, openLms } from "../scripted-browser/model-lms.ts";
import { ScriptedBrowser } from "../scripted-browser/scripted-browser.ts";
import { openScriptedCourse } from "../scripted-browser/scripted-course.ts";
import { DELIVERIES, type Reached } from "../scripted-browser/scripted-player.ts";
import { HOSTILE_SCORE, makeTrouble, oddAnswers, type Trouble } from "./dispatch-trouble.ts";

/** A learner of a platform with a browser, and all that came of their launches. */
export interface ChaosLearner {
  readonly id: string;
  readonly browser: ScriptedBrowser;
  readonly record: LmsRecord;
  readonly reached: Reached;
  readonly launches: ChaosLaunch[];
}

/** One launch, as it went. */
export interface ChaosLaunch {
  readonly trouble: Trouble;
  /** The course was opened. */
  readonly opened: boolean;
  /** The page came to its own end: nobody took it away, and it did not hang. */
  readonly ended: boolean;
  /** What the page showed last. */
  readonly shown: string;
  /** The platform had all that the server had acknowledged when the launch was over. */
  readonly arrived: boolean;
  /** What must never happen. */
  readonly wrong: readonly string[];
  /** Requests that the trouble disturbed. */
  readonly disturbed: number;
}

/** Where launches come from. */
export interface LaunchPlace {
  /** Address of the package's page in the platform. */
  readonly address: string;
  readonly files: ReadonlyMap<string, Buffer>;
  readonly random: () => number;
}

const ENDS_WITHIN_MS = 90_000;
const PRESSES_AGAIN_AFTER_MS = 5_000;
const STATUS = "cmi.core.lesson_status";
const SCORE = "cmi.core.score.raw";

/** A learner who was never here. Neighbours have other scores; all pass the quiz. */
export function newLearner(number: number, random: () => number): ChaosLearner {
  const reached = { steps: 0, score: 81 + (number % 19), pace: () => 20 + random() * 250, opened: 0 };
  return {
    id: `learner-${number}`,
    browser: new ScriptedBrowser(),
    record: newRecord(),
    reached,
    launches: [],
  };
}

/** Whether the platform has the result that the learner was to reach. */
export function isPassedThere({ record, reached }: ChaosLearner): boolean {
  return record.kept[STATUS] === "passed" && record.kept[SCORE] === String(reached.score);
}

/** Launches once, with a trouble on the way, until the page has ended or was taken away. */
export async function launchOnce(place: LaunchPlace, learner: ChaosLearner, trouble: Trouble): Promise<void> {
  const { browser, record, reached, launches } = learner;
  browser.fate = () => "pass";
  const before = browser.disturbed;
  const openedBefore = reached.opened;
  const lms = openLms(record, learner.id, oddAnswers(trouble, place.random));
  const course = openScriptedCourse(browser, place.address, place.files, lms.window, reached);
  const troubled = makeTrouble(trouble, browser, course, place.random);
  const isOver = () => course.page.closed || ["ended", "revoked", "refused", "failed"].includes(course.shown());
  let pressAgainAt = 0;
  for (const limit = performance.now() + ENDS_WITHIN_MS; !isOver() && performance.now() < limit; ) {
    await sleep(30);
    // What learners do whose course does not come, for instance because its page was lost on the way.
    if (performance.now() > pressAgainAt && !isOver() && course.page.root.press("Try again"))
      pressAgainAt = performance.now() + PRESSES_AGAIN_AFTER_MS;
  }
  const ended = !course.page.closed && course.shown() === "ended";
  const shown = course.shown();
  await troubled;
  // A learner reads the last card for a moment; what the page still has to send goes out.
  if (ended) await sleep(200);
  if (!course.page.closed) course.page.leave();
  lms.end();
  browser.fate = () => "pass";
  launches.push({
    trouble,
    opened: reached.opened > openedBefore,
    ended,
    shown,
    arrived: hasArrived(learner),
    disturbed: browser.disturbed - before,
    wrong: [
      ...(lms.finishes() > 1 ? ["finished more than once"] : []),
      ...(lms.late() > 0 ? ["called after it was finished"] : []),
      ...lms.told.filter(([, value]) => value === String(HOSTILE_SCORE)).map(() => "told what a stranger said"),
      ...lms.told
        .filter(([element, value]) => element === SCORE && !["30", String(reached.score)].includes(value))
        .map(([, value]) => `told the score ${value}`),
      ...lms.told.filter(([element, value]) => element === STATUS && value === "failed").map(() => "told a failure"),
    ],
  });
}

function hasArrived({ record, reached }: ChaosLearner): boolean {
  if (reached.steps === DELIVERIES) return record.kept[STATUS] === "passed";
  if (reached.steps === 2) return record.kept[SCORE] === "30";
  return reached.steps === 0 || record.kept[STATUS] === "incomplete";
}
