import { setTimeout as sleep } from "node:timers/promises";
import { callOf } from "../bench/load/delivery.ts";
import type { ScriptedWindow } from "./scripted-window.ts";

/** What a learner has reached in a course, as far as the server has acknowledged it. */
export interface Reached {
  /** Deliveries of the course that were acknowledged: 0 to `DELIVERIES`. */
  steps: number;
  /** Score that the learner is going to have. */
  readonly score: number;
  /** Time to stay at each step, in milliseconds. */
  readonly pace: () => number;
  /** Launches that opened the course. */
  opened: number;
}

/** A course begins, is half done, and is passed. */
export const DELIVERIES = 3;
const RETRY_MS = 250;
const SECONDS_PER_LAUNCH = "00:00:07";

/**
 * Stands for the player and the course in it: delivers calls to the content origin in the player's own form, sends again what was not
 * acknowledged, nudges the page around it, and leaves when the course is passed.
 */
export async function playCourse(window: ScriptedWindow, learner: Reached): Promise<void> {
  const base = window.url.replace(/\/?$/, "/api/");
  const post = async (call: string, body: unknown): Promise<Record<string, unknown> | undefined> => {
    for (; !window.closed; await sleep(RETRY_MS)) {
      try {
        const response = await window.fetch(`${base}${call}`, { method: "POST", body: JSON.stringify(body) });
        if (response.ok) return recordOf(await response.json());
        await response.body?.cancel();
        // Ended, superseded, or unknown: such a launch is never recorded again.
        if (response.status < 500 && response.status !== 408 && response.status !== 429) return undefined;
      } catch {
        // The network, or the server was killed.
      }
    }
    return undefined;
  };

  const opened = await post("open", { takeLease: true });
  if (opened === undefined) return;
  learner.opened += 1;
  const activity = activityOf(opened);
  const place = { activity };
  let sent = Number(opened.acknowledgedSeq ?? 0);
  const deliver = async (calls: readonly unknown[][]): Promise<boolean> => {
    const answer = await post(`journal?first=${sent + 1}`, calls);
    if (answer === undefined) return false;
    sent += calls.length;
    nudge(window, { type: "coursemesh.saved", seq: sent });
    return true;
  };

  const begin = [
    callOf({ activity: "" }, "choice", activity, "Navigate"),
    callOf(place, "", "", "Initialize"),
    callOf(place, "cmi.core.session_time", SECONDS_PER_LAUNCH),
  ];
  if (!(await deliver([...begin, callOf(place, "", "", "Commit")]))) return;
  while (learner.steps < DELIVERIES && !window.closed) {
    await sleep(learner.pace());
    const step = learner.steps + 1;
    if (
      !(await deliver([
        ...valuesOf(step, learner.score).map(([e, v]) => callOf(place, e, v)),
        callOf(place, "", "", "Commit"),
      ]))
    )
      return;
    learner.steps = step;
  }
  await sleep(learner.pace());
  if (window.closed || (await post("close", { end: "EXIT" })) === undefined) return;
  nudge(window, { type: "coursemesh.closed" });
}

function nudge(window: ScriptedWindow, data: object): void {
  if (window.parent && !window.closed) window.viewOf(window.parent).postMessage(data, "*");
}

function valuesOf(step: number, score: number): readonly (readonly [string, string])[] {
  if (step === 1)
    return [
      ["cmi.core.lesson_status", "incomplete"],
      ["cmi.core.exit", "suspend"],
    ];
  if (step === 2) return [["cmi.core.score.raw", "30"]];
  return [
    ["cmi.core.score.raw", String(score)],
    ["cmi.core.lesson_status", "passed"],
    ["cmi.core.exit", ""],
  ];
}

function activityOf(opened: Record<string, unknown>): string {
  const { activities } = recordOf(opened.outline);
  const [first] = Array.isArray(activities) ? activities : [];
  return String(recordOf(first).identifier ?? "");
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
