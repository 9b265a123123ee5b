import type { Effect } from "../effect.ts";
import type { NavigationRequest } from "../request.ts";
import type { TraceEntry } from "../trace.ts";
import { decideException } from "./decide-exception.ts";
import { type Story, titleOf } from "./story.ts";

/** What a request was, in words, for instance `Choice (Lesson 2)`. */
export function requestWords(story: Story, navigation: NavigationRequest | undefined): string {
  const { texts, session } = story;
  if (navigation === undefined) return texts.resultsTaken;
  const words = texts.navigation[navigation.type];
  return "target" in navigation ? `${words} (${titleOf(session.course, navigation.target)})` : words;
}

/** What a step came to. */
export interface Outcome {
  readonly navigation: NavigationRequest | undefined;
  readonly effect: Effect["type"] | undefined;
  /** Activity that was delivered; empty for none. */
  readonly delivered: string;
}

/** One step in one sentence for a timeline. `story` ends with it. */
export function stepSummary(story: Story, { navigation, effect, delivered }: Outcome): string {
  const { texts, session, steps } = story;
  const request = requestWords(story, navigation);
  const trace = steps.at(-1)?.trace ?? [];
  switch (effect) {
    case "deliver":
      return texts.delivered(titleOf(session.course, delivered), [request, ...skipped(story, trace)].join(", "));
    case "refused":
      return texts.refused(request, lastException(story, trace));
    case "nothing":
      return texts.nothingDelivered(request, lastException(story, trace));
    case "endSession":
      return texts.sessionEnded(request);
    case undefined:
      return request;
  }
}

/** What the walk to the delivered activity passed over. */
function skipped({ texts, session }: Story, trace: readonly TraceEntry[]): string[] {
  const walked = trace.flatMap((entry, at) => {
    const skips = "action" in entry && entry.action === "skip" && isWalk(trace, at);
    return skips ? [texts.applied("skip", titleOf(session.course, entry.activity))] : [];
  });
  return [...new Set(walked)];
}

/** Whether an entry stands in a walk through the tree, and not in a roll-up that asks the same rule. */
export function isWalk(trace: readonly TraceEntry[], at: number): boolean {
  for (let before = at - 1; before >= 0; before--) {
    const entry = trace[before];
    if (entry === undefined || "by" in entry || "action" in entry || "rollup" in entry) continue;
    return entry.process.startsWith("SB.") || entry.process.startsWith("UP.5");
  }
  return false;
}

function lastException(story: Story, trace: readonly TraceEntry[]): string {
  for (let at = trace.length - 1; at >= 0; at--) {
    const entry = trace[at];
    if (entry !== undefined && "exception" in entry) return decideException(story, entry, "").sentence;
  }
  return "";
}
