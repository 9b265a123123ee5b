import { type DescMessage, type Message, toJson } from "@bufbuild/protobuf";
import { anyUnpack, timestampDate } from "@bufbuild/protobuf/wkt";
import type { EventEnvelope } from "@coursemesh/proto/coursemesh/common/v1/event_pb.ts";
import type { Logger } from "pino";
import { eventTypeName, typeKeysOf } from "../event-type/event-type-name.ts";
import { eventRegistry } from "../event-type/event-types.ts";
import { type Subject, subjectOf } from "./event-subject.ts";

/** An event as `append_events` takes it. */
export interface LogEntry extends Partial<Subject> {
  readonly id: string;
  readonly type: string;
  readonly type_keys: readonly string[];
  readonly schema: string;
  readonly occurred_at: string;
  /** The payload as ProtoJSON. */
  readonly data: string;
  readonly trace_id: string;
}

/**
 * Reads an envelope. A payload that cannot be read, for instance of a service that is newer than this one, goes into the log without its
 * data rather than holding up everything behind it.
 */
export function logEntryOf(envelope: EventEnvelope, logger: Logger): LogEntry {
  const { id, type: schema, occurredAt, payload, traceparent } = envelope;
  const type = eventTypeName(schema);
  const entry = {
    id,
    type,
    type_keys: typeKeysOf(type),
    schema,
    occurred_at: (occurredAt ? timestampDate(occurredAt) : new Date()).toISOString(),
    trace_id: traceparent.split("-")[1] ?? "",
  };
  try {
    const desc = eventRegistry.getMessage(schema);
    const event = payload && anyUnpack(payload, eventRegistry);
    if (desc === undefined || event === undefined) throw new Error("its type is not known here");
    return { ...entry, ...subjectOf(desc, event), data: dataOf(desc, event) };
  } catch (error) {
    logger.error({ err: error, event: id, schema }, "an event's payload cannot be read; it is kept without");
    return { ...entry, ...emptySubject(), data: "{}" };
  }
}

function dataOf(desc: DescMessage, event: Message): string {
  return JSON.stringify(toJson(desc, event, { registry: eventRegistry }));
}

function emptySubject(): Partial<Subject> {
  const names = ["course_id", "course_version_id", "registration_id", "instance_id", "launch_id", "learner_id"];
  const more = ["destination_id", "dispatch_id", "import_id", "tagged", "actor_id"];
  return { ...Object.fromEntries([...names, ...more].map((name) => [name, ""])), tags: [] };
}
