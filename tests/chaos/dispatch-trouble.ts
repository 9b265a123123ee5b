import { setTimeout as sleep } from "node:timers/promises";
import type { OddAnswer } from "../scripted-browser/model-lms.ts";
import type { ScriptedBrowser } from "../scripted-browser/scripted-browser.ts";
import type { ScriptedCourse } from "../scripted-browser/scripted-course.ts";
import { ScriptedWindow } from "../scripted-browser/scripted-window.ts";

/** Everything that is done to launches. */
export const TROUBLES = [
  "none",
  "tab killed",
  "page closed",
  "course's frame taken away",
  "network cut for good",
  "network cut for a while",
  "answers lost",
  "platform refuses the status",
  "platform refuses Commit",
  "platform throws",
  "platform silent",
  "platform slow",
  "platform not ready",
  "hostile messages",
] as const;
export type Trouble = (typeof TROUBLES)[number];

/** Of these a launch does not come to its end, or the platform does not take what it is told; the next launch makes up for it. */
export const CUTS_SHORT: ReadonlySet<Trouble> = new Set<Trouble>([
  "tab killed",
  "page closed",
  "course's frame taken away",
  "network cut for good",
  "platform refuses the status",
  "platform refuses Commit",
  "platform throws",
  "platform silent",
]);

/** A score that nobody has; it must never reach a platform. */
export const HOSTILE_SCORE = 99.5;
const LATEST_MS = 3_000;
const GIVES_UP_AFTER_MS = 1_500;
const SLOW_MS = 8;

/** How the platform answers under a trouble. @param random between 0 and 1. */
export function oddAnswers(trouble: Trouble, random: () => number): OddAnswer {
  let begun = 0;
  return (method, element) => {
    if (trouble === "platform refuses the status" && element === "cmi.core.lesson_status" && method === "LMSSetValue")
      return { value: "false", code: "351" };
    if (trouble === "platform refuses Commit" && method === "LMSCommit") return { value: false, code: "391" };
    // A platform that does not say who the learner is has another learner.
    const names = method === "LMSInitialize" || element === "cmi.core.student_id";
    if (trouble === "platform throws" && !names && random() < 0.4)
      throw new Error("Permission denied to access property");
    if (trouble === "platform silent" && /SetValue|Commit|Finish/.test(method)) return { value: undefined };
    if (trouble === "platform not ready" && method === "LMSInitialize" && ++begun <= 2)
      return { value: "false", code: "301" };
    if (trouble === "platform slow") for (const end = performance.now() + SLOW_MS; performance.now() < end; );
    return undefined;
  };
}

/** Does it to a launch, at a moment nobody chose. Resolves when it is done. */
export async function makeTrouble(
  trouble: Trouble,
  browser: ScriptedBrowser,
  course: ScriptedCourse,
  random: () => number,
): Promise<void> {
  const { page } = course;
  if (trouble === "answers lost") browser.fate = () => (random() < 0.25 ? "answer lost" : "pass");
  await sleep(random() * LATEST_MS);
  switch (trouble) {
    case "tab killed":
      return page.kill();
    case "page closed":
      return page.leave();
    case "course's frame taken away":
      course.bridge()?.kill();
      await sleep(GIVES_UP_AFTER_MS);
      return page.leave();
    case "network cut for good":
      browser.fate = () => "cut";
      await sleep(GIVES_UP_AFTER_MS);
      return page.leave();
    case "network cut for a while":
      browser.fate = () => "cut";
      await sleep(300 + random() * 1_500);
      browser.fate = () => "pass";
      return page.dispatch("online");
    case "hostile messages":
      for (let wave = 0; wave < 5; wave += 1) {
        for (const target of [page, course.bridge()]) if (target) attack(target, course);
        await sleep(200);
      }
  }
}

/** Messages of strangers, of the right window without the secret, and what was said before once more, also as another version. */
function attack(target: ScriptedWindow, { page, bridge }: ScriptedCourse): void {
  const { browser } = page;
  const stranger = new ScriptedWindow({ browser, url: "https://evil.example/" });
  // Of the right origin, but another window.
  const twin = new ScriptedWindow({ browser, url: bridge()?.url ?? page.url });
  const other = target === page ? bridge() : page;
  const heard = target.heard.slice(-20).filter(({ data }) => isEnvelope(data));
  for (const { data, from } of heard) {
    target.receive(data, from, "*");
    // Whoever listened in knows even the secret; origin and window, or the version, are wrong.
    for (const message of HOSTILE) {
      const overheard = { ...Object(data), seq: 1_000 + heard.length, message };
      target.receive({ ...overheard, version: 2 }, from, "*");
      for (const seq of [1, 2, 3, 4, 5, 6]) target.receive({ ...overheard, seq }, stranger, "*");
      for (const seq of [1, 2, 3, 4, 5, 6]) target.receive({ ...overheard, seq }, twin, "*");
    }
  }
  for (const message of HOSTILE)
    for (const seq of [1, 2, 50, -1, 1e9]) {
      const envelope = { protocol: "coursemesh.dispatch", version: 1, secret: "guessed", seq, ack: 1_000_000, message };
      for (const from of [stranger, twin, other]) if (from) target.receive(envelope, from, "*");
    }
  for (const odd of [null, "", 7, [], { protocol: "coursemesh.dispatch" }, { type: "coursemesh.closed" }, ...HOSTILE])
    for (const from of [stranger, twin]) target.receive(odd, from, "*");
}

const HOSTILE = [
  {
    type: "result",
    sequence: 1_000_000,
    result: { completion: "completed", success: "passed", scoreRaw: HOSTILE_SCORE, totalSeconds: 9_999, location: "x" },
    instanceToken: "cmt-of-somebody-else",
  },
  { type: "ended", reason: "revoked" },
  { type: "closing" },
  { type: "told", sequence: 1_000_000 },
];

function isEnvelope(data: unknown): boolean {
  return typeof data === "object" && data !== null && "secret" in data;
}
