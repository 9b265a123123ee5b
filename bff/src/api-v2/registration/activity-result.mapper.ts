import type { ActivityState, Result } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { type OutlineActivity, readOutline } from "../../catalog/outline.ts";
import { completionWord, successWord, toScoreSchema } from "./registration.mapper.ts";
import { toRuntimeSchema } from "./runtime.mapper.ts";

/** What a request asked to see of activities. */
export interface ActivityExtras {
  readonly children: boolean;
  readonly runtime: boolean;
  /** Interactions and objectives. */
  readonly interactions: boolean;
}

/** The root `ActivityResultSchema` of an instance: the course itself, with its activities below when they were asked for. */
export function toActivityDetails(
  states: readonly ActivityState[],
  outlineJson: string,
  result: Result | undefined,
  extras: ActivityExtras,
): object {
  const outline = readOutline(outlineJson);
  const byActivity = new Map(states.map((state) => [state.activity, state]));
  const toActivity = ({ identifier, title, children }: OutlineActivity): object => ({
    ...resultOf(identifier, title, byActivity.get(identifier)),
    children: children.map(toActivity),
    ...(extras.runtime && runtimeOf(byActivity.get(identifier), extras)),
  });
  return {
    id: outline?.organizationIdentifier ?? "",
    title: outline?.title ?? "",
    attempts: states.some((state) => state.attemptCount > 0) ? 1 : 0,
    activityCompletion: completionWord(result?.completion),
    activitySuccess: successWord(result?.success),
    ...(result?.score && { score: toScoreSchema(result.score) }),
    timeTracked: timeTracked(result?.totalSeconds ?? 0),
    completionAmount: { scaled: Math.round((result?.progress ?? 0) * 100) },
    suspended: false,
    children: extras.children ? (outline?.activities ?? []).map(toActivity) : [],
  };
}

function resultOf(id: string, title: string, state: ActivityState | undefined): object {
  return {
    id,
    title,
    attempts: state?.attemptCount ?? 0,
    activityCompletion: completionWord(state?.completion),
    activitySuccess: successWord(state?.success),
    ...(state?.score && { score: toScoreSchema(state.score) }),
    timeTracked: timeTracked(state?.totalSeconds ?? 0),
    suspended: false,
  };
}

function runtimeOf(state: ActivityState | undefined, extras: ActivityExtras): object {
  const runtime = state && toRuntimeSchema(state.stateJson, extras.interactions);
  return runtime === undefined ? {} : { runtime };
}

/** `0000:01:02.50`, as they write durations. */
export function timeTracked(seconds: number): string {
  const hundredths = Math.max(0, Math.round(seconds * 100));
  const pad = (value: number, length: number) => String(Math.floor(value)).padStart(length, "0");
  const minutes = Math.floor(hundredths / 6_000);
  return `${pad(minutes / 60, 4)}:${pad(minutes % 60, 2)}:${pad((hundredths % 6_000) / 100, 2)}.${pad(hundredths % 100, 2)}`;
}
