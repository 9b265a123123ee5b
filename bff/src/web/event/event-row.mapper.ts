import type { JsonObject, MessageInitShape } from "@bufbuild/protobuf";
import type { EventRowSchema, EventTypeRowSchema } from "@coursemesh/proto/coursemesh/web/v1/event_view_pb.ts";
import type { Event, EventType } from "@coursemesh/proto/coursemesh/webhook/v1/event_pb.ts";
import type { CourseDirectory } from "../../catalog/course-directory.ts";
import { millisOf } from "../../contract/timestamp.ts";

const jsonText = (value: JsonObject | undefined): string => (value ? JSON.stringify(value) : "");

/** Events with the titles of their courses, as far as the caller may see these: one look-up for all. */
export async function toEventRows(
  events: readonly Event[],
  directory: CourseDirectory,
): Promise<MessageInitShape<typeof EventRowSchema>[]> {
  const references = events.map(({ subject }) => ({ courseId: subject?.courseId ?? "", courseVersionId: "" }));
  const find = await directory.find(references);
  return events.map((event, index) => {
    const reference = references[index];
    return toEventRow(event, (reference && find(reference).course?.title) ?? "");
  });
}

function toEventRow(event: Event, courseTitle: string): MessageInitShape<typeof EventRowSchema> {
  const { id, type, occurTime, cursor, schema, data, subject, actorId, actorName, traceId } = event;
  return {
    id,
    type,
    time: millisOf(occurTime),
    cursor,
    schema,
    dataJson: jsonText(data),
    courseId: subject?.courseId ?? "",
    courseTitle,
    registrationId: subject?.registrationId ?? "",
    launchId: subject?.launchId ?? "",
    learnerId: subject?.learnerId ?? "",
    destinationId: subject?.destinationId ?? "",
    dispatchId: subject?.dispatchId ?? "",
    tags: subject?.tags ?? [],
    actorId,
    actorName,
    traceId,
  };
}

export function toEventTypeRow(type: EventType): MessageInitShape<typeof EventTypeRowSchema> {
  const { name, schema, description, jsonSchema, example } = type;
  return { name, schema, description, schemaJson: jsonText(jsonSchema), exampleJson: jsonText(example) };
}
