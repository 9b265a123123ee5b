import { create } from "@bufbuild/protobuf";
import {
  type ActivityNode,
  ActivityNodeSchema,
  SequencingEdition,
} from "@coursemesh/proto/coursemesh/sequencing/v1/activity_pb.ts";
import type { Activity } from "@coursemesh/scorm/sequencing/activity-index.ts";
import type { Edition } from "@coursemesh/scorm/sequencing/activity-tree.ts";
import type { SequencingSession } from "@coursemesh/scorm/sequencing/session.ts";
import { navigationControls } from "../session/controls.mapper.ts";
import { trackingMessage } from "./tracking.mapper.ts";

export const editions: Readonly<Record<Edition, SequencingEdition>> = {
  "2nd": SequencingEdition.SCORM2004_2ND,
  "3rd": SequencingEdition.SCORM2004_3RD,
  "4th": SequencingEdition.SCORM2004_4TH,
};

/** The tree with its tracking, each parent before its children. @param now milliseconds since 1970 */
export function activityNodes(session: SequencingSession, now: number, locale = ""): ActivityNode[] {
  const controls = new Map(navigationControls(session, now, locale).activities.map((it) => [it.activityId, it]));
  return session.course.activities.map((activity) => {
    const { identifier, parent, definition, depth, children, index } = activity;
    const control = controls.get(identifier);
    return create(ActivityNodeSchema, {
      id: identifier,
      parentId: parent?.identifier ?? "",
      title: definition.title,
      depth,
      place: placeOf(session, activity),
      leaf: children.length === 0,
      current: index === session.currentActivity,
      suspended: session.tracking[index]?.suspended ?? false,
      active: session.tracking[index]?.active ?? false,
      tracking: trackingMessage(session, activity, now),
      ...(control && { control }),
    });
  });
}

/** Place among the children as drawn for this learner; -1 for one that was left out. */
function placeOf(session: SequencingSession, { parent, position }: Activity): number {
  const drawn = parent && session.tracking[parent.index]?.availableChildren;
  return drawn === undefined ? position : drawn.indexOf(position);
}
