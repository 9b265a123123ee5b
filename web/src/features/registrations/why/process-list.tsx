import type { ProcessView } from "@coursemesh/proto/coursemesh/web/v1/sequencing_view_pb.ts";
import type { Names } from "./names.ts";
import classes from "./why.module.css";

/** Every process of the specification in the order they ran, indented as they call each other. */
export function ProcessList({
  processes,
  names,
}: {
  readonly processes: readonly ProcessView[];
  readonly names: Names;
}) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <ol className={classes.processes} tabIndex={0}>
      {processes.map((run, place) => (
        <li key={place} style={{ paddingInlineStart: run.depth * 10 }}>
          <code>{run.process || "—"}</code> {run.activityId && names.activity(run.activityId)}
          {run.result && `: ${run.result}`}
        </li>
      ))}
    </ol>
  );
}
