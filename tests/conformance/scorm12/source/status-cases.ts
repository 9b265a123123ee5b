import type { Case, CaseCall, Given } from "../case-form.ts";
import { finish, get, initialize, set, several } from "./calls.ts";

const statusElement = "cmi.core.lesson_status";
const rawElement = "cmi.core.score.raw";
const statusIs = (value: string, why: string) => get(statusElement, value, why);
const setStatus = (value: string) => set(statusElement, value, "RTE 3.4.4, cmi.core.lesson_status");
const setRaw = (value: string) => set(rawElement, value, "RTE 3.4.4, cmi.core.score.raw");

/** One row: what a SCO reports in one session, and the status it is told at its next launch. */
interface StatusRow {
  readonly name: string;
  readonly about: string;
  readonly given?: Given;
  readonly status?: string;
  readonly raw?: string;
  readonly after: string;
  readonly why: string;
  /** Why sources disagree. */
  readonly disputed?: string;
}

const mastery80: Given = { manifest: { masteryscore: "80" } };
const rule = {
  completed: "RTE 3.4.4, cmi.core.lesson_status: at LMSFinish a status that no SCO has set becomes completed",
  thenMastery: "RTE 3.4.4, cmi.core.lesson_status: after that, score and mastery score make it passed or failed",
  mastery: "RTE 3.4.4, cmi.core.lesson_status, item 1: for credit, the mastery score may change it to passed or failed",
  noMastery: "RTE 3.4.4, cmi.core.lesson_status, item 2: without a mastery score the LMS does not override the SCO",
  noCredit: "RTE 3.4.4, cmi.core.lesson_status, item 3: without credit there is no change",
  browsed: "RTE 3.4.4, cmi.core.lesson_status, item 3: in browse mode it may change to browsed",
  incomplete: "CR 2.3, lesson_status: the LMS does not re-evaluate incomplete",
  noScore: "RTE 3.4.4, cmi.core.lesson_status: compared only if the SCO did set a score",
  kept: "RTE 3.4.4, cmi.core.lesson_status: the SCO determines its own status",
};

const rows: readonly StatusRow[] = [
  { name: "unset", about: "No status, no score, no mastery score", after: "completed", why: rule.completed },
  { name: "unset-score", about: "A score but no mastery score", raw: "30", after: "completed", why: rule.completed },
  {
    name: "unset-mastery-reached",
    about: "No status, score above mastery",
    given: mastery80,
    raw: "90",
    after: "passed",
    why: rule.thenMastery,
  },
  {
    name: "unset-mastery-equal",
    about: "No status, score equal to mastery",
    given: mastery80,
    raw: "80",
    after: "passed",
    why: rule.thenMastery,
  },
  {
    name: "unset-mastery-equal-decimals",
    about: "Scores are numbers, not texts",
    given: mastery80,
    raw: "80.0",
    after: "passed",
    why: rule.thenMastery,
  },
  {
    name: "unset-mastery-missed",
    about: "No status, score below mastery",
    given: mastery80,
    raw: "79.99",
    after: "failed",
    why: rule.thenMastery,
  },
  {
    name: "unset-mastery-digits",
    about: "9 is less than 80 although its text sorts after it",
    given: mastery80,
    raw: "9",
    after: "failed",
    why: rule.thenMastery,
  },
  {
    name: "unset-mastery-zero-score",
    about: "A score of 0 is a score",
    given: mastery80,
    raw: "0",
    after: "failed",
    why: rule.thenMastery,
  },
  {
    name: "unset-mastery-no-score",
    about: "A mastery score but no score",
    given: mastery80,
    after: "completed",
    why: rule.noScore,
  },
  {
    name: "unset-mastery-blank-score",
    about: "A blank score is none",
    given: mastery80,
    raw: "",
    after: "completed",
    why: rule.noScore,
  },
  {
    name: "mastery-zero",
    about: "A mastery score of 0 is reached by any score",
    given: { manifest: { masteryscore: "0" } },
    raw: "0",
    after: "passed",
    why: rule.thenMastery,
  },
  {
    name: "mastery-decimal",
    about: "A mastery score with a fraction",
    given: { manifest: { masteryscore: "66.67" } },
    raw: "66.66",
    after: "failed",
    why: rule.thenMastery,
  },
  {
    name: "passed-kept",
    about: "passed, no mastery score, low score",
    status: "passed",
    raw: "10",
    after: "passed",
    why: rule.noMastery,
  },
  {
    name: "failed-kept",
    about: "failed, no mastery score, full score",
    status: "failed",
    raw: "100",
    after: "failed",
    why: rule.noMastery,
  },
  {
    name: "completed-kept",
    about: "completed, no mastery score",
    status: "completed",
    after: "completed",
    why: rule.kept,
  },
  {
    name: "incomplete-kept",
    about: "incomplete, no mastery score",
    status: "incomplete",
    after: "incomplete",
    why: rule.kept,
  },
  { name: "browsed-kept", about: "browsed, no mastery score", status: "browsed", after: "browsed", why: rule.kept },
  {
    name: "completed-mastery-reached",
    about: "completed becomes passed",
    given: mastery80,
    status: "completed",
    raw: "85",
    after: "passed",
    why: rule.mastery,
  },
  {
    name: "completed-mastery-missed",
    about: "completed becomes failed",
    given: mastery80,
    status: "completed",
    raw: "50",
    after: "failed",
    why: rule.mastery,
  },
  {
    name: "completed-mastery-no-score",
    about: "completed without a score stays",
    given: mastery80,
    status: "completed",
    after: "completed",
    why: rule.noScore,
  },
  {
    name: "passed-mastery-missed",
    about: "passed becomes failed",
    given: mastery80,
    status: "passed",
    raw: "50",
    after: "failed",
    why: rule.mastery,
  },
  {
    name: "failed-mastery-reached",
    about: "failed becomes passed",
    given: mastery80,
    status: "failed",
    raw: "95",
    after: "passed",
    why: rule.mastery,
  },
  {
    name: "passed-mastery-no-score",
    about: "passed without a score stays",
    given: mastery80,
    status: "passed",
    after: "passed",
    why: rule.noScore,
  },
  {
    name: "incomplete-mastery-reached",
    about: "incomplete stays although the score is reached",
    given: mastery80,
    status: "incomplete",
    raw: "95",
    after: "incomplete",
    why: rule.incomplete,
    disputed: "other players override it",
  },
  {
    name: "incomplete-mastery-missed",
    about: "incomplete stays although the score is missed",
    given: mastery80,
    status: "incomplete",
    raw: "20",
    after: "incomplete",
    why: rule.incomplete,
    disputed: "other players override it",
  },
  {
    name: "no-credit-mastery",
    about: "Without credit the mastery score does not override",
    given: { ...mastery80, credit: "no-credit" },
    status: "completed",
    raw: "20",
    after: "completed",
    why: rule.noCredit,
  },
  {
    name: "no-credit-unset",
    about: "Without credit an unset status stays",
    given: { credit: "no-credit" },
    after: "not attempted",
    why: rule.noCredit,
    disputed: "the completed rule names no exception",
  },
  {
    name: "browse-unset",
    about: "A preview makes an unattempted SCO browsed",
    given: { mode: "browse", credit: "no-credit" },
    after: "browsed",
    why: rule.browsed,
  },
  {
    name: "browse-credit-unset",
    about: "The mode decides, even when the registration is for credit",
    given: { mode: "browse" },
    after: "browsed",
    why: rule.browsed,
  },
  {
    name: "browse-mastery",
    about: "A score in a preview is not compared",
    given: { ...mastery80, mode: "browse", credit: "no-credit" },
    raw: "90",
    after: "browsed",
    why: rule.browsed,
  },
  {
    name: "review-credit-mastery",
    about: "The mode decides, even when the registration is for credit",
    given: { ...mastery80, mode: "review" },
    status: "completed",
    raw: "20",
    after: "completed",
    why: "RTE 3.4.4, cmi.core.lesson_mode: in review the SCO has been graded before",
  },
  {
    name: "review-mastery",
    about: "A score in review is not compared",
    given: { ...mastery80, mode: "review", credit: "no-credit" },
    status: "completed",
    raw: "20",
    after: "completed",
    why: rule.noCredit,
  },
];

function reported({ status, raw }: StatusRow): CaseCall[] {
  return [
    ...(status === undefined ? [] : [setStatus(status), statusIs(status, "The session reads what it set")]),
    ...(raw === undefined ? [] : [setRaw(raw)]),
  ];
}

const statusRows: readonly Case[] = rows.map((row) =>
  several(
    `status-${row.name}`,
    row.about,
    [
      {
        calls: [
          initialize(),
          statusIs("not attempted", "RTE 3.4.4: not attempted upon initial launch"),
          ...reported(row),
          finish(),
        ],
      },
      {
        calls: [
          initialize(),
          get(statusElement, row.after, row.why, row.disputed === undefined ? {} : { disputed: row.disputed }),
          ...(row.raw === undefined ? [] : [get(rawElement, row.raw, "The score is what the SCO set")]),
          finish(),
        ],
      },
    ],
    row.given,
  ),
);

/** lesson_status between launches: RTE 3.4.4 and Conformance Requirements 2.3. */
export const statusCases: readonly Case[] = [
  ...statusRows,
  several(
    "status-within-session",
    "LMSFinish decides, not LMSCommit or a set score",
    [
      {
        calls: [
          initialize(),
          setRaw("90"),
          statusIs("not attempted", "Nothing was decided yet"),
          { method: "LMSCommit", returns: "true", error: "0", why: "SCORM 1.2 RTE 3.3.2.1, LMSCommit" },
          statusIs("not attempted", "Nothing was decided yet"),
          finish(),
        ],
      },
      { calls: [initialize(), statusIs("passed", rule.thenMastery), finish()] },
    ],
    mastery80,
  ),
  several(
    "status-progress-over-launches",
    "incomplete, then completed with a score",
    [
      {
        calls: [
          initialize(),
          setStatus("incomplete"),
          set("cmi.core.exit", "suspend", "RTE 3.4.4, cmi.core.exit"),
          finish(),
        ],
      },
      { calls: [initialize(), statusIs("incomplete", rule.kept), setStatus("completed"), setRaw("100"), finish()] },
      {
        calls: [initialize(), statusIs("passed", rule.mastery), get(rawElement, "100", "The score is kept"), finish()],
      },
    ],
    mastery80,
  ),
  several(
    "status-score-of-earlier-launch",
    "The score of an earlier launch is compared when the status is completed later",
    [
      { calls: [initialize(), setStatus("incomplete"), setRaw("90"), finish()] },
      { calls: [initialize(), setStatus("completed"), finish()] },
      { calls: [initialize(), statusIs("passed", rule.mastery), finish()] },
    ],
    mastery80,
  ),
  several("status-credit-is-not-harmed", "A session without credit does not change what was achieved", [
    { calls: [initialize(), setStatus("passed"), setRaw("80"), finish()] },
    {
      credit: "no-credit",
      calls: [initialize(), statusIs("passed", rule.kept), setStatus("failed"), setRaw("20"), finish()],
    },
    {
      credit: "credit",
      calls: [
        initialize(),
        statusIs(
          "passed",
          "RTE 3.4.4, cmi.core.credit: his current credit, for instance a score of 80 and passed, will not be changed",
        ),
        get(rawElement, "80", "RTE 3.4.4, cmi.core.credit: his current credit will not be changed"),
        finish(),
      ],
    },
  ]),
  several("status-review-does-no-harm", "Looking through a passed SCO again leaves it passed", [
    { calls: [initialize(), setStatus("passed"), setRaw("95"), finish()] },
    {
      mode: "review",
      credit: "no-credit",
      calls: [initialize(), get("cmi.core.lesson_mode", "review", "RTE 3.4.4, cmi.core.lesson_mode"), finish()],
    },
    {
      mode: "normal",
      credit: "credit",
      calls: [initialize(), statusIs("passed", rule.noCredit), get(rawElement, "95", rule.noCredit), finish()],
    },
  ]),
  several("status-browse-then-normal", "A SCO that was previewed starts as browsed and can be completed", [
    { mode: "browse", credit: "no-credit", calls: [initialize(), finish()] },
    {
      mode: "normal",
      credit: "credit",
      calls: [initialize(), statusIs("browsed", rule.browsed), setStatus("completed"), finish()],
    },
    { mode: "normal", credit: "credit", calls: [initialize(), statusIs("completed", rule.kept), finish()] },
  ]),
  several("status-window-closed-unset", "The user navigates away without LMSFinish", [
    { calls: [initialize()] },
    {
      calls: [
        initialize(),
        statusIs("completed", "RTE 3.4.4, cmi.core.lesson_status: upon LMSFinish or when the user navigates away"),
        finish(),
      ],
    },
  ]),
  several(
    "status-window-closed-mastery",
    "Navigating away with a score",
    [
      { calls: [initialize(), setRaw("70")] },
      { calls: [initialize(), statusIs("failed", rule.thenMastery), finish()] },
    ],
    mastery80,
  ),
  several("status-window-closed-incomplete", "A SCO that says incomplete first is never completed by a closed window", [
    { calls: [initialize(), setStatus("incomplete")] },
    { calls: [initialize(), statusIs("incomplete", rule.incomplete), finish()] },
  ]),
  several("status-never-initialized", "A SCO that was opened but never began is not attempted", [
    { calls: [] },
    {
      calls: [
        initialize(),
        statusIs("not attempted", "RTE 3.4.4: the student did not even begin"),
        get("cmi.core.entry", "ab-initio", "RTE 3.4.4, cmi.core.entry"),
        finish(),
      ],
    },
  ]),
];
