import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { type Event, EventSchema, EventSubjectSchema } from "@coursemesh/proto/coursemesh/webhook/v1/event_pb.ts";
import { cursorOf } from "./cursor.ts";

/** A row of the log. */
export interface EventRow {
  readonly tenant_id: string;
  readonly position: string;
  readonly id: string;
  readonly type: string;
  readonly schema: string;
  readonly occurred_at: Date;
  readonly data: string;
  readonly course_id: string;
  readonly course_version_id: string;
  readonly registration_id: string;
  readonly instance_id: string;
  readonly launch_id: string;
  readonly learner_id: string;
  readonly destination_id: string;
  readonly dispatch_id: string;
  readonly tags: string[];
  readonly actor_id: string;
  readonly trace_id: string;
}

/** An event as the contract has it. */
export function toEvent(row: EventRow): Event {
  return create(EventSchema, {
    id: row.id,
    type: row.type,
    occurTime: timestampFromDate(row.occurred_at),
    cursor: cursorOf(row.tenant_id, Number(row.position)),
    schema: row.schema,
    data: JSON.parse(row.data),
    subject: create(EventSubjectSchema, {
      courseId: row.course_id,
      courseVersionId: row.course_version_id,
      registrationId: row.registration_id,
      instanceId: row.instance_id,
      launchId: row.launch_id,
      learnerId: row.learner_id,
      destinationId: row.destination_id,
      dispatchId: row.dispatch_id,
      tags: row.tags,
    }),
    actorId: row.actor_id,
    traceId: row.trace_id,
  });
}
