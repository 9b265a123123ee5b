import { create } from "@bufbuild/protobuf";
import {
  type ActivityRow,
  ActivityRowSchema,
  type CallRow,
  CallRowSchema,
  LaunchRowSchema,
  ScoreViewSchema,
} from "@coursemesh/proto/coursemesh/web/v1/registration_view_pb.ts";
import { fixtureId, NOW } from "./ids.ts";

const START = NOW - 3 * 86_400_000;
const CHROME =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36";
const PHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile Safari/604.1";

interface Step {
  readonly after: number;
  readonly activity: string;
  readonly method: string;
  readonly element?: string;
  readonly value?: string;
  readonly error?: string;
}

/** What a course with saved progress does in one sitting: pages, session time and commits, one mistake, and a quiz at the end. */
function sitting(activity: string, pages: number, quiz: boolean): Step[] {
  const set = (after: number, element: string, value: string, error = "0"): Step => ({
    after,
    activity,
    method: "SetValue",
    element,
    value,
    error,
  });
  const commit: Step = { after: 90, activity, method: "Commit" };
  const steps: Step[] = [
    { after: 400, activity, method: "Navigate", element: "choice", value: activity },
    { after: 700, activity, method: "Initialize" },
    set(40, "cmi.core.lesson_status", "incomplete"),
    commit,
  ];
  for (let page = 1; page <= pages; page++) {
    steps.push(set(9000 + page * 700, "cmi.core.lesson_location", `page-${page}`));
    steps.push(set(12, "cmi.suspend_data", `v=2|p=${page}|seen=${"1".repeat(page)}|${"x".repeat(page * 140)}`));
    steps.push(commit);
    for (let beat = 0; beat < 4; beat++) {
      steps.push(set(5000, "cmi.core.session_time", `00:0${page % 10}:${10 + beat * 5}`));
      steps.push({ ...commit, after: 8 });
    }
  }
  steps.push(set(800, "cmi.core.student_name", "Nobody", "403"));
  if (quiz) {
    for (let question = 0; question < 5; question++) {
      steps.push(set(7000, `cmi.interactions.${question}.id`, `q${question + 1}`));
      steps.push(set(4, `cmi.interactions.${question}.result`, question === 3 ? "wrong" : "correct"));
    }
    steps.push(set(20, "cmi.core.score.raw", "46"), set(2, "cmi.core.score.max", "50"));
    steps.push(set(3, "cmi.core.lesson_status", "passed"));
  }
  steps.push(
    set(30, "cmi.core.exit", quiz ? "" : "suspend"),
    { ...commit, after: 5 },
    { after: 60, activity, method: "Terminate" },
  );
  return steps;
}

const SITTINGS: readonly {
  readonly at: number;
  readonly agent: string;
  readonly end: string;
  readonly steps: Step[];
}[] = [
  { at: 0, agent: CHROME, end: "exit", steps: [...sitting("basics-1", 8, false), ...sitting("basics-2", 4, false)] },
  { at: 26 * 3_600_000, agent: PHONE, end: "closed", steps: sitting("basics-2", 5, false) },
  { at: 71 * 3_600_000, agent: CHROME, end: "", steps: sitting("test", 3, true) },
];

const made = SITTINGS.map((each, index) => {
  const launchId = fixtureId("b", index + 1);
  let time = START + each.at;
  // One number is missing in the second launch, as after a segment that was lost for good.
  const calls = each.steps.map((step, place) => {
    time += step.after;
    return create(CallRowSchema, {
      launchId,
      seq: place + 1 + (index === 1 && place > 20 ? 3 : 0),
      time: BigInt(time),
      receiveTime: BigInt(time + 140),
      activity: step.activity,
      method: step.method,
      element: step.element ?? "",
      value: step.value ?? "",
      result: step.error && step.error !== "0" ? "false" : "true",
      error: step.error ?? "0",
    });
  });
  const launch = create(LaunchRowSchema, {
    id: launchId,
    createTime: BigInt(START + each.at - 900),
    openTime: BigInt(START + each.at),
    activityTime: BigInt(time),
    endTime: each.end === "" ? 0n : BigInt(time + 400),
    end: each.end,
    callCount: calls.length,
    userAgent: each.agent,
    mode: "normal",
  });
  return { calls, launch };
});

export const calls: CallRow[] = made.flatMap((each) => each.calls);
export const launches = made.map((each) => each.launch).reverse();

/** Activities as they stood after the first `count` calls. A fixture's idea of the rules, not the rules. */
export function activitiesAfter(count: number): ActivityRow[] {
  const values = new Map<string, Map<string, string>>();
  const seen = calls.slice(0, count);
  for (const call of seen) {
    const own = values.get(call.activity) ?? new Map<string, string>();
    if (call.method === "SetValue" && call.error === "0") own.set(call.element, call.value);
    values.set(call.activity, own);
  }
  const current = seen.at(-1)?.activity ?? "";
  const leaf = (identifier: string, title: string, depth: number, available = true) => {
    const own = values.get(identifier);
    const status = own?.get("cmi.core.lesson_status") ?? "not attempted";
    const raw = own?.get("cmi.core.score.raw");
    return create(ActivityRowSchema, {
      identifier,
      title,
      depth,
      leaf: true,
      available,
      status,
      current: identifier === current,
      completion: status === "passed" ? "complete" : own ? "incomplete" : "not_attempted",
      success: status === "passed" ? "passed" : "unknown",
      ...(raw && { score: create(ScoreViewSchema, { scaled: Number(raw) / 50, raw: Number(raw), max: 50 }) }),
      totalSeconds: own ? 612 : 0,
      attemptCount: own ? 1 : 0,
      stateJson: JSON.stringify({ opened: 1, values: Object.fromEntries(own ?? []), objectives: [], interactions: [] }),
    });
  };
  const cluster = create(ActivityRowSchema, {
    identifier: "basics",
    title: "The basics",
    completion: seen.length > 0 ? "incomplete" : "not_attempted",
    success: "unknown",
    available: true,
    totalSeconds: 1224,
    attemptCount: 1,
  });
  return [
    leaf("intro", "Welcome", 0),
    cluster,
    leaf("basics-1", "What is personal data?", 1),
    leaf("basics-2", "Six principles", 1),
    leaf(
      "test",
      "Final test",
      0,
      seen.some((call) => call.activity === "basics-2"),
    ),
  ];
}
