import type { Step } from "@coursemesh/proto/coursemesh/sequencing/v1/step_pb.ts";

/** Where a replay is to stop. */
export interface ReplayMoment {
  /** Last call; undefined for the end of the journal. */
  readonly call?: { readonly launchId: string; readonly seq: number };
  /** How many of the steps lie before it, itself included. */
  readonly steps: number;
}

/**
 * Reads `--until`: the number of a step, or `<launch>:<seq>` of a call as the journal's page has it in its address. A step stops the journal at its
 * call; a call stops sequencing at the last step before it.
 * @throws RangeError for a step that there is not.
 */
export function momentOf(
  steps: readonly Pick<Step, "revision" | "launchId" | "seq">[],
  until: string | undefined,
): ReplayMoment {
  if (until === undefined) return { steps: steps.length };
  const call = /^([0-9a-f-]{36}):(\d+)$/i.exec(until);
  if (call !== null) {
    const [, launchId = "", number = ""] = call;
    const seq = Number(number);
    const seen = steps.findLastIndex((step) => step.launchId === launchId && step.seq <= seq);
    const first = steps.findIndex((step) => step.launchId === launchId);
    return { call: { launchId, seq }, steps: seen >= 0 ? seen + 1 : Math.max(0, first) };
  }
  const index = steps.findIndex(({ revision }) => String(revision) === until);
  const step = steps[index];
  if (step === undefined) throw new RangeError(`there is no step ${until}; steps: 1 to ${steps.length}`);
  return { call: { launchId: step.launchId, seq: step.seq }, steps: index + 1 };
}
