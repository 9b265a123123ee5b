import { create, type DescMessage, equals, type MessageInitShape } from "@bufbuild/protobuf";
import { type OutboxRow, outboxRow } from "@coursemesh/platform/events/outbox.ts";
import {
  ActivityDeliveredSchema,
  ActivityEndedSchema,
  CourseTrackingChangedSchema,
  GlobalObjectiveChangedSchema,
  SessionEndedSchema,
  SessionStartedSchema,
} from "@coursemesh/proto/coursemesh/sequencing/v1/events_pb.ts";
import { StepKind } from "@coursemesh/proto/coursemesh/sequencing/v1/step_pb.ts";
import { ActivityTrackingSchema } from "@coursemesh/proto/coursemesh/sequencing/v1/tracking_pb.ts";
import type { SequencingSession } from "@coursemesh/scorm/sequencing/session.ts";
import type pg from "pg";
import { trackingMessage } from "../activity/tracking.mapper.ts";
import { globalObjectiveMessage } from "../global-objective/global-objective.mapper.ts";
import type { GlobalObjectiveRow } from "../global-objective/global-objective.repository.ts";
import type { Asked } from "../step/asked.ts";
import type { CarriedOut } from "../step/carry-out.ts";
import type { SessionRow } from "./session.repository.ts";
import { writeOutbox } from "./write-outbox.ts";

/** A step that was taken. */
interface TakenStep {
  /** The session after it. */
  readonly row: SessionRow;
  readonly call: { readonly launchId: string; readonly asked: Asked };
  readonly before: SequencingSession;
  readonly done: CarriedOut;
  /** Global objectives it changed. */
  readonly objectives: readonly GlobalObjectiveRow[];
}

/** Announces what a step did, in its transaction. */
export async function writeStepEvents(client: pg.ClientBase, organizationId: string, step: TakenStep): Promise<void> {
  await writeOutbox(client, organizationId, eventsOf(organizationId, step));
}

function eventsOf(organizationId: string, { row, call, before, done, objectives }: TakenStep): OutboxRow[] {
  const rows: OutboxRow[] = [];
  const add = <Desc extends DescMessage>(schema: Desc, event: MessageInitShape<Desc>) =>
    rows.push(outboxRow(organizationId, schema, create(schema, event)));
  const { instanceId, registrationId, learnerId } = row;
  const place = { instanceId, registrationId, launchId: call.launchId };
  const { effect, session } = done;
  const { now } = call.asked;

  if (call.asked.kind === StepKind.START) {
    add(SessionStartedSchema, { ...place, resumed: effect?.type === "deliver" && effect.delivery.resumed });
  }
  for (const activity of session.course.activities) {
    const [was, is] = [before.tracking[activity.index], session.tracking[activity.index]];
    if (was === is || !was?.active || is?.active) continue;
    const { attemptCount: attempt = 0, suspended = false } = is ?? {};
    const tracking = trackingMessage(session, activity, now);
    add(ActivityEndedSchema, { ...place, activityId: activity.identifier, attempt, suspended, tracking });
  }
  if (effect?.type === "deliver") {
    const { activity: activityId, attempt } = effect.delivery;
    add(ActivityDeliveredSchema, { ...place, activityId, attempt });
  }
  const { root } = session.course;
  const tracking = trackingMessage(session, root, now);
  if (!equals(ActivityTrackingSchema, trackingMessage(before, root, now), tracking)) {
    add(CourseTrackingChangedSchema, { instanceId, registrationId, learnerId, tracking });
  }
  for (const objective of objectives) {
    add(GlobalObjectiveChangedSchema, { globalObjective: globalObjectiveMessage(objective) });
  }
  if (effect?.type === "endSession") add(SessionEndedSchema, { ...place, suspended: effect.how === "suspended" });
  return rows;
}
