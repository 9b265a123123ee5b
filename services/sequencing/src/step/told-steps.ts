import { NavigationSource } from "@coursemesh/proto/coursemesh/sequencing/v1/navigation_pb.ts";
import { StepKind } from "@coursemesh/proto/coursemesh/sequencing/v1/step_pb.ts";
import type { ToldStep } from "@coursemesh/scorm/sequencing/explain/explanation.ts";
import type { NavigationRequest } from "@coursemesh/scorm/sequencing/request.ts";
import type { Delivery } from "@coursemesh/scorm/sequencing/run-time-input.ts";
import type pg from "pg";
import { listSteps, type StepRow } from "./step.repository.ts";
import { readTraces } from "./stored-state.ts";

/** Steps whose traces are read for an explanation, at most: what decided lies in the newest ones. */
const TOLD = 500;

/** The steps up to a revision with their traces, oldest first. @param after only later ones; as many as may matter when not given */
export async function toldSteps(
  client: pg.ClientBase,
  instanceId: string,
  until: number,
  after: number = Math.max(0, until - TOLD),
): Promise<ToldStep[]> {
  const steps = await listSteps(client, instanceId, { after, until });
  const traces = await readTraces(client, instanceId, after, until);
  return steps.map((step) => toldStep(step, traces.get(step.revision) ?? []));
}

function toldStep(step: StepRow, trace: ToldStep["trace"]): ToldStep {
  const navigation = navigationOf(step);
  const writers = Object.entries(step.takenIn ?? {}).map(([id, { stepId }]) => [id, stepId] as const);
  return { id: step.id, trace, ...(navigation && { navigation }), takenIn: Object.fromEntries(writers) };
}

/** What a step asked the core for; of a start what it came to. */
export function navigationOf({ asked, delivery }: StepRow): NavigationRequest | undefined {
  if (asked.kind !== StepKind.START) return asked.navigation;
  if (asked.target !== undefined) return { type: "choice", target: asked.target };
  const resumed = delivery !== null && (JSON.parse(delivery) as Delivery).resumed;
  return { type: resumed ? "resumeAll" : "start" };
}

/** Who asked; a launch asks by itself. */
export function sourceOfStep({ asked }: StepRow): NavigationSource | undefined {
  return asked.kind === StepKind.START ? NavigationSource.SYSTEM : asked.source;
}
