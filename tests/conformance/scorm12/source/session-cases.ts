import type { Case, CaseCall } from "../case-form.ts";
import { finish, get, getFails, getTime, initialize, set, setFails, several, single } from "./calls.ts";

const entryIs = (value: string, why: string) => get("cmi.core.entry", value, why);
const exitTo = (value: string) => set("cmi.core.exit", value, "RTE 3.4.4, cmi.core.exit");
const spent = (value: string) => set("cmi.core.session_time", value, "RTE 3.4.4, cmi.core.session_time");
const totalIs = (value: string, why = "RTE 3.4.4, cmi.core.total_time: the LMS adds session_time") =>
  getTime("cmi.core.total_time", value, why);

const exits: readonly (readonly [name: string, exit: string | undefined, entry: string])[] = [
  ["suspend", "suspend", "resume"],
  ["time-out", "time-out", ""],
  ["logout", "logout", ""],
  ["blank", "", ""],
  ["unset", undefined, ""],
];

const exitCases = exits.flatMap(([name, exit, entry]) => {
  const why = `RTE 3.4.4, cmi.core.exit: after ${exit === undefined ? "no exit at all" : `"${exit}"`} the next entry is "${entry}"`;
  const leaving: CaseCall[] = exit === undefined ? [] : [exitTo(exit)];
  return [
    several(`exit-${name}`, `Entry after exit ${name}`, [
      { calls: [initialize(), entryIs("ab-initio", "RTE 3.4.4, cmi.core.entry: first time"), ...leaving, finish()] },
      { calls: [initialize(), entryIs(entry, why), finish()] },
    ]),
    several(`exit-${name}-window-closed`, `Entry after exit ${name} when LMSFinish was never called`, [
      { calls: [initialize(), ...leaving] },
      { calls: [initialize(), entryIs(entry, `${why}; LMSFinish or the user navigates away`), finish()] },
    ]),
  ];
});

const kept: readonly (readonly [element: string, value: string])[] = [
  ["cmi.core.lesson_location", "page-7"],
  ["cmi.suspend_data", "q1=a;q2=b"],
  ["cmi.core.score.raw", "40"],
  ["cmi.core.score.min", "0"],
  ["cmi.core.score.max", "100"],
  ["cmi.comments", "good"],
  ["cmi.objectives.0.id", "obj-1"],
  ["cmi.objectives.0.status", "passed"],
  ["cmi.objectives.0.score.raw", "90"],
  ["cmi.student_preference.audio", "50"],
  ["cmi.student_preference.language", "fr"],
  ["cmi.student_preference.speed", "-10"],
  ["cmi.student_preference.text", "1"],
];
const setAll = kept.map(([element, value]) => set(element, value, "RTE 3.4.4"));
const getAll = kept.map(([element, value]) => get(element, value, `RTE 3.4.4, ${element}: kept for the next launch`));

const modes = ["normal", "browse", "review"] as const;
const credits = ["credit", "no-credit"] as const;

/** Entry, exit, time, what is kept, and what the manifest and the LMS provide. */
export const sessionCases: readonly Case[] = [
  ...exitCases,
  several("exit-last-one-counts", "The exit that was set last decides", [
    { calls: [initialize(), exitTo("suspend"), exitTo("logout"), finish()] },
    { calls: [initialize(), entryIs("", "RTE 3.4.4, cmi.core.exit"), exitTo(""), exitTo("suspend"), finish()] },
    { calls: [initialize(), entryIs("resume", "RTE 3.4.4, cmi.core.exit"), finish()] },
  ]),
  several("exit-is-of-one-session", "An exit does not outlive the session after it", [
    { calls: [initialize(), exitTo("suspend"), finish()] },
    { calls: [initialize(), entryIs("resume", "RTE 3.4.4, cmi.core.exit"), finish()] },
    { calls: [initialize(), entryIs("", "RTE 3.4.4, cmi.core.exit: not set in the last session"), finish()] },
  ]),
  several("exit-entry-is-fixed", "The entry does not change within a session", [
    { calls: [initialize(), exitTo("suspend"), entryIs("ab-initio", "RTE 3.4.4, cmi.core.entry"), finish()] },
    {
      calls: [
        initialize(),
        entryIs("resume", "RTE 3.4.4, cmi.core.exit"),
        exitTo("logout"),
        entryIs("resume", "RTE 3.4.4, cmi.core.entry"),
        finish(),
      ],
    },
  ]),
  several("time-adds-up", "Session times are added to the total time at the end of each session", [
    {
      calls: [
        initialize(),
        totalIs("0000:00:00.00", "RTE 3.4.4, cmi.core.total_time: nothing yet"),
        spent("00:10:00"),
        totalIs("0000:00:00.00", "Not within the session"),
        finish(),
      ],
    },
    { calls: [initialize(), totalIs("0000:10:00.00"), spent("0001:55:30.75"), finish()] },
    { calls: [initialize(), totalIs("0002:05:30.75"), spent("00:00:00.5"), finish()] },
    { calls: [initialize(), totalIs("0002:05:31.25"), finish()] },
    { calls: [initialize(), totalIs("0002:05:31.25", "A session without session_time adds nothing"), finish()] },
  ]),
  several("time-last-one-counts", "Only the session time that was set last is added", [
    { calls: [initialize(), spent("00:10:00"), spent("00:20:00"), spent("00:15:00"), finish()] },
    { calls: [initialize(), totalIs("0000:15:00.00"), finish()] },
  ]),
  several("time-invalid-is-not-added", "A refused session time is not added", [
    {
      calls: [
        initialize(),
        spent("00:05:00"),
        setFails("cmi.core.session_time", "ten minutes", "405", "RTE 3.4.4, cmi.core.session_time"),
        finish(),
      ],
    },
    { calls: [initialize(), totalIs("0000:05:00.00"), finish()] },
  ]),
  several("time-window-closed", "The time of a session whose window was closed is added as well", [
    { calls: [initialize(), spent("00:07:00")] },
    {
      calls: [
        initialize(),
        totalIs("0000:07:00.00", "RTE 3.4.4, cmi.core.total_time: the total of all sessions"),
        finish(),
      ],
    },
  ]),
  several("time-over-a-hundred-hours", "Hours beyond two digits", [
    { calls: [initialize(), spent("0099:59:59.99"), finish()] },
    { calls: [initialize(), spent("0000:00:00.01"), finish()] },
    { calls: [initialize(), totalIs("0100:00:00.00"), finish()] },
  ]),
  several("time-more-than-59", "The book limits digits, not the number of minutes or seconds of a time span", [
    { calls: [initialize(), spent("00:90:90"), finish()] },
    { calls: [initialize(), totalIs("0001:31:30.00", "RTE 3.4.5, CMITimespan"), finish()] },
  ]),
  several("keep-after-suspend", "Everything a SCO can read again is kept after suspend", [
    { calls: [initialize(), ...setAll, exitTo("suspend"), finish()] },
    { calls: [initialize(), ...getAll, finish()] },
  ]),
  several("keep-after-normal-exit", "Everything a SCO can read again is kept after a normal exit", [
    { calls: [initialize(), ...setAll, finish()] },
    { calls: [initialize(), ...getAll, finish()] },
  ]),
  several("keep-after-closed-window", "Everything a SCO can read again is kept when its window was closed", [
    { calls: [initialize(), ...setAll] },
    { calls: [initialize(), ...getAll, finish()] },
  ]),
  several("keep-interactions", "Interactions of earlier sessions are counted, new ones follow them", [
    {
      calls: [
        initialize(),
        set("cmi.interactions.0.id", "q1", "RTE 3.4.4, cmi.interactions.n.id"),
        exitTo("suspend"),
        finish(),
      ],
    },
    {
      calls: [
        initialize(),
        get("cmi.interactions._count", "1", "RTE 3.4.4, cmi.interactions._count: entries that the LMS has stored"),
        set("cmi.interactions.1.id", "q2", "RTE 3.4.4, cmi.interactions.n.id"),
        get("cmi.interactions._count", "2", "RTE 3.4.4, cmi.interactions._count"),
        finish(),
      ],
    },
  ]),
  several("keep-each-sco-its-own", "Two SCOs of a course share nothing", [
    {
      activity: 1,
      calls: [
        initialize(),
        set("cmi.suspend_data", "of one", "RTE 3.4.4, cmi.suspend_data"),
        exitTo("suspend"),
        spent("00:01:00"),
        finish(),
      ],
    },
    {
      activity: 2,
      calls: [
        initialize(),
        entryIs("ab-initio", "RTE 3.4.4, cmi.core.entry: of this SCO"),
        get("cmi.suspend_data", "", "RTE 3.4.4, cmi.suspend_data: of this SCO"),
        get("cmi.core.lesson_status", "not attempted", "RTE 3.4.4, cmi.core.lesson_status: of this SCO"),
        totalIs("0000:00:00.00", "RTE 3.4.4, cmi.core.total_time: of this SCO"),
        finish(),
      ],
    },
    {
      activity: 1,
      calls: [
        initialize(),
        entryIs("resume", "RTE 3.4.4, cmi.core.entry"),
        get("cmi.suspend_data", "of one", "RTE 3.4.4, cmi.suspend_data"),
        totalIs("0000:01:00.00"),
        finish(),
      ],
    },
  ]),
  single("comments-are-appended", "Each comment is added to those before", [
    initialize(),
    set("cmi.comments", "<1>good</1>", "RTE 3.4.4, cmi.comments"),
    get("cmi.comments", "<1>good</1>", "RTE 3.4.4, cmi.comments"),
    set("cmi.comments", "<2>slow</2>", "RTE 3.4.4, cmi.comments"),
    get("cmi.comments", "<1>good</1><2>slow</2>", "RTE 3.4.4, cmi.comments: later comments are appended", {
      disputed: "some players replace them",
    }),
    finish(),
  ]),
  single(
    "comments-from-lms",
    "What an instructor has written",
    [
      initialize(),
      get("cmi.comments_from_lms", "Please repeat part 2.", "RTE 3.4.4, cmi.comments_from_lms"),
      setFails("cmi.comments_from_lms", "ok", "403", "RTE 3.4.4, cmi.comments_from_lms: read only"),
      finish(),
    ],
    { commentsFromLms: "Please repeat part 2." },
  ),
  single(
    "manifest-values",
    "What the manifest says is read as it was written",
    [
      initialize(),
      get("cmi.launch_data", "level=3&lang=de", "RTE 3.4.4, cmi.launch_data: adlcp:datafromlms"),
      get("cmi.student_data.mastery_score", "72.5", "RTE 3.4.4, cmi.student_data.mastery_score: adlcp:masteryscore"),
      getTime(
        "cmi.student_data.max_time_allowed",
        "0001:30:00",
        "RTE 3.4.4, cmi.student_data.max_time_allowed: adlcp:maxtimeallowed",
      ),
      get(
        "cmi.student_data.time_limit_action",
        "exit,no message",
        "RTE 3.4.4, cmi.student_data.time_limit_action: adlcp:timelimitaction",
      ),
      finish(),
    ],
    {
      manifest: {
        masteryscore: "72.5",
        maxtimeallowed: "0001:30:00",
        timelimitaction: "exit,no message",
        datafromlms: "level=3&lang=de",
      },
    },
  ),
  ...["exit,message", "exit,no message", "continue,message", "continue,no message"].map((action) =>
    single(
      `manifest-time-limit-${action.replaceAll(/[, ]/g, "-")}`,
      `adlcp:timelimitaction ${action}`,
      [
        initialize(),
        get("cmi.student_data.time_limit_action", action, "RTE 3.4.4, cmi.student_data.time_limit_action"),
        finish(),
      ],
      { manifest: { timelimitaction: action } },
    ),
  ),
  ...modes.flatMap((mode) =>
    credits.map((credit) =>
      single(
        `mode-${mode}-${credit}`,
        `Mode ${mode} with ${credit}`,
        [
          initialize(),
          get("cmi.core.lesson_mode", mode, "RTE 3.4.4, cmi.core.lesson_mode"),
          get("cmi.core.credit", credit, "RTE 3.4.4, cmi.core.credit"),
          setFails("cmi.core.lesson_mode", "normal", "403", "RTE 3.4.4, cmi.core.lesson_mode: read only"),
          setFails("cmi.core.credit", "credit", "403", "RTE 3.4.4, cmi.core.credit: read only"),
          set("cmi.core.lesson_location", "1", "A SCO may always set its data"),
          get("cmi.core.lesson_location", "1", "RTE 3.4.4, cmi.core.lesson_location"),
          getFails("cmi.core.exit", "404", "RTE 3.4.4, cmi.core.exit: write only"),
          finish(),
        ],
        { mode, credit },
      ),
    ),
  ),
];
