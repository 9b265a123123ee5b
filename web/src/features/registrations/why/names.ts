import type { ActivityNode, StepRow } from "@coursemesh/proto/coursemesh/web/v1/sequencing_view_pb.ts";

/** Names that people read in place of ids. */
export interface Names {
  /** Title, or the identifier where there is none. */
  readonly activity: (id: string) => string;
  /** Number of a step, undefined for one of another try. */
  readonly step: (id: string) => number | undefined;
}

export function namesOf(nodes: readonly ActivityNode[], steps: readonly StepRow[]): Names {
  const titles = new Map(nodes.map(({ id, title }) => [id, title]));
  const numbers = new Map(steps.map(({ id, number }) => [id, number]));
  return { activity: (id) => titles.get(id) || id, step: (id) => numbers.get(id) };
}
