import { recordReport } from "./attempt-report.ts";
import { draftOf, type Environment, sessionOf } from "./draft.ts";
import type { Effect } from "./effect.ts";
import { overallSequencing } from "./overall/op-1-overall-sequencing.ts";
import type { SequencingRequest } from "./request.ts";
import type { SequencingSession } from "./session.ts";
import type { TraceEntry } from "./trace.ts";

/** What one request led to. */
export interface StepResult {
  readonly session: SequencingSession;
  readonly effects: readonly Effect[];
  readonly trace: readonly TraceEntry[];
}

/**
 * Takes one request: writes what content reported to the tracking model, then carries out the navigation request (OP.1). Pure: the given session stays
 * as it is, and the same session, request and environment lead to the same result.
 */
export function step(session: SequencingSession, request: SequencingRequest, environment: Environment): StepResult {
  const trace: TraceEntry[] = [];
  const draft = draftOf(session, environment, trace);
  if (request.report !== undefined && draft.current !== undefined) recordReport(draft, draft.current, request.report);
  if (request.navigation === undefined) return { session: sessionOf(draft), effects: [], trace };
  const effect = overallSequencing(draft, request.navigation);
  return { session: sessionOf(draft), effects: [effect], trace };
}
