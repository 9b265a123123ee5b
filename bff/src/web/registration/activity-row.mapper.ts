import type { MessageInitShape } from "@bufbuild/protobuf";
import { type ActivityState, Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import type { ActivityRowSchema } from "@coursemesh/proto/coursemesh/web/v1/registration_view_pb.ts";
import { type OutlineActivity, readOutline } from "../../catalog/outline.ts";
import { textOfEnum } from "../../contract/enum-text.ts";
import { toScoreView } from "./registration-row.mapper.ts";

type Row = MessageInitShape<typeof ActivityRowSchema>;

/** The tree of activities as rows in the order of the table of contents. Without an outline the states come as they are. */
export function toActivityRows(states: readonly ActivityState[], outlineJson: string): Row[] {
  const outline = readOutline(outlineJson);
  if (outline === undefined) return states.map((state) => toRow(state.activity, state.activity, 0, true, state));
  const byActivity = new Map(states.map((state) => [state.activity, state]));
  const walk = (activities: readonly OutlineActivity[], depth: number): Row[] =>
    activities.flatMap(({ identifier, title, launch, children }) => [
      toRow(identifier, title, depth, launch !== undefined, byActivity.get(identifier)),
      ...walk(children, depth + 1),
    ]);
  return walk(outline.activities, 0);
}

function toRow(identifier: string, title: string, depth: number, leaf: boolean, state: ActivityState | undefined): Row {
  return {
    identifier,
    title,
    depth,
    leaf,
    // What a cluster has come to is for sequencing to say.
    completion: textOfEnum(Completion, state?.completion ?? (leaf ? Completion.NOT_ATTEMPTED : Completion.UNKNOWN)),
    success: textOfEnum(Success, state?.success ?? Success.UNKNOWN),
    ...(state?.score && { score: toScoreView(state.score) }),
    totalSeconds: state?.totalSeconds ?? 0,
    status: state?.status ?? "",
    attemptCount: state?.attemptCount ?? 0,
    current: state?.current ?? false,
    available: state?.available ?? true,
    stateJson: state?.stateJson ?? "",
  };
}
