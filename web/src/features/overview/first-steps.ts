import type { GetOverviewResponse } from "@coursemesh/proto/coursemesh/web/v1/overview_view_pb.ts";

/** A step of getting started. */
export interface FirstStep {
  readonly key: "import" | "launch" | "result";
  readonly done: boolean;
}

/** Ticks steps from what exists; nobody has to tick them. */
export function firstSteps(overview: Pick<GetOverviewResponse, "courseCount" | "counts">): readonly FirstStep[] {
  const counts = overview.counts;
  const launched = counts ? counts.registrations - counts.notLaunched : 0n;
  const results = counts ? counts.complete + counts.passed + counts.failed : 0n;
  return [
    { key: "import", done: overview.courseCount > 0n },
    { key: "launch", done: launched > 0n },
    { key: "result", done: results > 0n },
  ];
}
