import { lenientPolicy, strictPolicy } from "@coursemesh/scorm/cmi12/policy.ts";
import { parseTimespan } from "@coursemesh/scorm/cmi12/timespan.ts";
import type { CourseOutline } from "@coursemesh/scorm/course/course-outline.ts";
import { foldJournal } from "@coursemesh/scorm/instance12/fold-journal.ts";
import { emptyInstance, type InstanceState } from "@coursemesh/scorm/instance12/instance-state.ts";
import type { LaunchContext } from "@coursemesh/scorm/instance12/launch-context.ts";
import { Scorm12Api } from "@coursemesh/scorm/instance12/scorm12-api.ts";
import type { JournalCall } from "@coursemesh/scorm/journal/journal-call.ts";
import type { Case, CaseCall, CaseLaunch, Given } from "./case-form.ts";

/** A call that was answered otherwise than its case says. */
export interface Deviation {
  /** For people: `launch 2, call 3: LMSSetValue("cmi.core.exit", "x")`. */
  readonly call: string;
  readonly expected: string;
  readonly got: string;
  readonly why: string;
}

/** How a case went. It fails when `failures` has an entry; a deviation where sources disagree is only reported. */
export interface PlayedCase {
  readonly calls: number;
  readonly failures: readonly Deviation[];
  readonly disputed: readonly Deviation[];
}

/**
 * Plays a case as the product does: the player's API answers the calls and writes the journal, the journal is folded as on the server, and
 * the next launch starts from that state. A player and a server that disagree are a failure too.
 */
export function playCase(played: Case): PlayedCase {
  const failures: Deviation[] = [];
  const disputed: Deviation[] = [];
  // A case that has the setting anywhere is played with it throughout, because a refused value shows in later answers too.
  const strict = JSON.stringify(played).includes('"setting":"strict"');
  const activityCount = Math.max(...played.launches.map(({ activity }) => activity ?? 1));
  let state = emptyInstance;
  let calls = 0;
  played.launches.forEach((caseLaunch, index) => {
    const given: Given = { ...played.given, ...caseLaunch.given, ...caseLaunch };
    const outline = flatCourse(activityCount, { ...played.given?.manifest, ...given.manifest });
    const launch = launchContext(`launch-${index + 1}`, given, strict);
    const journal: JournalCall[] = [];
    const api = new Scorm12Api(outline, launch, state, (call) => {
      journal.push({ ...call, seq: journal.length + 1, at: 1_700_000_000_000 + journal.length });
    });
    api.navigate("choice", activityIdentifier(caseLaunch.activity ?? 1));
    caseLaunch.calls.forEach((call, at) => {
      calls++;
      const deviation = perform(api, call, `launch ${index + 1}, call ${at + 1}`);
      if (deviation !== undefined) (call.disputed || played.disputed ? disputed : failures).push(deviation);
    });
    state = leave(api, outline, launch, state, journal, caseLaunch, failures);
  });
  return { calls, failures, disputed };
}

/** Ends a launch as its learner did: the exit button after LMSFinish, otherwise a window that is gone without a word. */
function leave(
  api: Scorm12Api,
  outline: CourseOutline,
  launch: LaunchContext,
  state: InstanceState,
  journal: readonly JournalCall[],
  caseLaunch: CaseLaunch,
  failures: Deviation[],
): InstanceState {
  if (caseLaunch.calls.some(({ method }) => method === "LMSFinish")) api.navigate("exit");
  const folded = foldJournal(outline, launch, state, JSON.parse(JSON.stringify(journal)));
  const seen = JSON.stringify({ ...api.state(), seq: journal.length });
  if (folded.differences.length > 0 || !sameJson(JSON.parse(seen), JSON.parse(JSON.stringify(folded.state)))) {
    const got = JSON.stringify(folded.state);
    failures.push({
      call: `journal of ${launch.id}`,
      expected: seen,
      got,
      why: "State is always the fold of the journal.",
    });
  }
  return JSON.parse(JSON.stringify(folded.state));
}

function perform(api: Scorm12Api, call: CaseCall, where: string): Deviation | undefined {
  const { element = "", value = "", argument = "" } = call;
  const [result, shown, isErrorFunction] = ((): [string, string, boolean] => {
    switch (call.method) {
      case "LMSGetValue":
        return [api.LMSGetValue(element), `LMSGetValue("${element}")`, false];
      case "LMSSetValue":
        return [api.LMSSetValue(element, value), `LMSSetValue("${element}", "${abridged(value)}")`, false];
      case "LMSGetLastError":
        return [api.LMSGetLastError(), "LMSGetLastError()", true];
      case "LMSGetErrorString":
      case "LMSGetDiagnostic":
        return [api[call.method](argument), `${call.method}("${argument}")`, true];
      case "LMSInitialize":
      case "LMSFinish":
      case "LMSCommit":
        return [api[call.method](argument), `${call.method}("${argument}")`, false];
      default:
        throw new Error(`${where}: unknown method ${call.method}`);
    }
  })();
  const error = api.LMSGetLastError();
  const wrongAnswer = expectation(call, result);
  const wrongError = !isErrorFunction && call.error !== undefined && String(call.error) !== error;
  if (wrongAnswer === undefined && !wrongError) return undefined;
  return {
    call: `${where}: ${shown}`,
    expected: `${wrongAnswer ?? `"${abridged(result)}"`}${isErrorFunction ? "" : `, error ${call.error}`}`,
    got: `"${abridged(result)}"${isErrorFunction ? "" : `, error ${error}`}`,
    why: call.why ?? "",
  };
}

/** What the answer should have been, undefined when it is that. */
function expectation(call: CaseCall, result: string): string | undefined {
  if (call.returns !== undefined && result !== String(call.returns)) return `"${abridged(String(call.returns))}"`;
  if (call.returnsSet !== undefined && members(result) !== members(call.returnsSet))
    return `the set ${call.returnsSet}`;
  if (call.returnsTimespan !== undefined && !sameTimespan(result, call.returnsTimespan))
    return `the time ${call.returnsTimespan}`;
  if (call.returnsNonEmpty && result === "") return "a text";
  if (call.returnsShorterThan !== undefined && result.length >= call.returnsShorterThan) {
    return `a text shorter than ${call.returnsShorterThan}`;
  }
  return undefined;
}

function sameTimespan(a: string, b: string): boolean {
  const time = parseTimespan(a);
  return time !== undefined && time === parseTimespan(b);
}

function members(list: string): string {
  return list
    .split(",")
    .map((member) => member.trim())
    .toSorted()
    .join(",");
}

function abridged(text: string): string {
  return text.length > 80 ? `${text.slice(0, 40)}… (${text.length} characters)` : text;
}

function sameJson(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  const [keysOfA, keysOfB] = [Object.keys(a), Object.keys(b)];
  return keysOfA.length === keysOfB.length && keysOfA.every((key) => sameJson(a[key as never], b[key as never]));
}

function activityIdentifier(number: number): string {
  return `ITEM-${number}`;
}

function flatCourse(count: number, manifest: NonNullable<Given["manifest"]>): CourseOutline {
  const { masteryscore, maxtimeallowed, timelimitaction, datafromlms } = manifest;
  const scorm12 = {
    ...(masteryscore !== undefined && { masteryScore: String(masteryscore) }),
    ...(maxtimeallowed !== undefined && { maxTimeAllowed: maxtimeallowed }),
    ...(timelimitaction !== undefined && { timeLimitAction: timelimitaction }),
    ...(datafromlms !== undefined && { dataFromLms: datafromlms }),
  };
  return {
    standard: "scorm12",
    manifestIdentifier: "CASE",
    organizationIdentifier: "ORG",
    title: "Case",
    activities: Array.from({ length: count }, (_, index) => ({
      identifier: activityIdentifier(index + 1),
      title: `Item ${index + 1}`,
      visible: true,
      launch: { href: `item-${index + 1}.html`, type: "sco" },
      scorm12,
      children: [],
    })),
  };
}

function launchContext(id: string, given: Given, strict: boolean): LaunchContext {
  return {
    id,
    learnerId: "learner-1",
    learnerName: "Doe, Jane",
    mode: given.mode ?? "normal",
    credit: given.credit ?? "credit",
    policy: strict ? strictPolicy : lenientPolicy,
    ...(given.commentsFromLms !== undefined && { commentsFromLms: given.commentsFromLms }),
  };
}
