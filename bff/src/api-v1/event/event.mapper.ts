import type { Event, EventType } from "@coursemesh/proto/coursemesh/webhook/v1/event_pb.ts";
import { isoOf } from "../../contract/timestamp.ts";

/** An event as webhooks send it, with its place in the log and what it is about. */
export function toEventBody(event: Event): object {
  const { id, type, occurTime, data, cursor, schema, subject, actorId, actorName, traceId } = event;
  return {
    id,
    type,
    timestamp: isoOf(occurTime),
    data: data ?? {},
    cursor,
    schema,
    subject: {
      ...setOnly({
        courseId: subject?.courseId,
        courseVersionId: subject?.courseVersionId,
        registrationId: subject?.registrationId,
        instanceId: subject?.instanceId,
        launchId: subject?.launchId,
        learnerId: subject?.learnerId,
        destinationId: subject?.destinationId,
        dispatchId: subject?.dispatchId,
      }),
      tags: subject?.tags ?? [],
    },
    ...(actorId && { actor: setOnly({ id: actorId, name: actorName }) }),
    ...(traceId && { traceId }),
  };
}

export function toEventTypeBody({ name, schema, description, jsonSchema, example }: EventType): object {
  return { name, schema, description, jsonSchema: jsonSchema ?? {}, example: example ?? {} };
}

/** Without what is empty. */
function setOnly(texts: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).flatMap(([name, text]) => (text ? [[name, text]] : [])));
}
