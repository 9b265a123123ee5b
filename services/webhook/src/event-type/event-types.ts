import { createRegistry, type DescFile, type DescMessage } from "@bufbuild/protobuf";
import { file_coursemesh_analytics_v1_events as analytics } from "@coursemesh/proto/coursemesh/analytics/v1/events_pb.ts";
import { file_coursemesh_content_v1_events as content } from "@coursemesh/proto/coursemesh/content/v1/events_pb.ts";
import { file_coursemesh_course_v1_events as course } from "@coursemesh/proto/coursemesh/course/v1/events_pb.ts";
import { file_coursemesh_dispatch_v1_events as dispatch } from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import { file_coursemesh_lrs_v1_events as lrs } from "@coursemesh/proto/coursemesh/lrs/v1/events_pb.ts";
import { file_coursemesh_runtime_v1_events as runtime } from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import { file_coursemesh_sequencing_v1_events as sequencing } from "@coursemesh/proto/coursemesh/sequencing/v1/events_pb.ts";
import { file_coursemesh_user_v1_events as user } from "@coursemesh/proto/coursemesh/user/v1/events_pb.ts";
import { file_coursemesh_webhook_v1_events as webhook } from "@coursemesh/proto/coursemesh/webhook/v1/events_pb.ts";
import { EVENT_DESCRIPTIONS } from "./event-descriptions.ts";
import { eventTypeName } from "./event-type-name.ts";

/** A type of event. */
export interface EventTypeInfo {
  /** Public name, for instance `registration.completed`. */
  readonly name: string;
  readonly schema: DescMessage;
  readonly description: string;
}

/** The files that hold events, one for each service. */
export const EVENT_FILES: readonly DescFile[] = [
  user,
  course,
  content,
  runtime,
  sequencing,
  lrs,
  dispatch,
  analytics,
  webhook,
];

/** Type of a test, which is no event. */
export const TEST_TYPE = "webhook.test";

/** Reads payloads of events, whatever they hold. */
export const eventRegistry = createRegistry(...EVENT_FILES);

/** Every type, in the order of the contracts. Messages that only serve others are none. */
export const EVENT_TYPES: readonly EventTypeInfo[] = EVENT_FILES.flatMap((file) =>
  file.messages
    .filter((schema) => !isPartOfAnother(schema, file))
    .map((schema) => ({
      name: eventTypeName(schema.typeName),
      schema,
      description: EVENT_DESCRIPTIONS[schema.typeName] ?? "",
    })),
);

const byName = new Map(EVENT_TYPES.map((type) => [type.name, type]));

export function eventTypeByName(name: string): EventTypeInfo | undefined {
  return byName.get(name);
}

function isPartOfAnother(schema: DescMessage, file: DescFile): boolean {
  return file.messages.some((other) => other.fields.some((field) => field.message?.typeName === schema.typeName));
}
