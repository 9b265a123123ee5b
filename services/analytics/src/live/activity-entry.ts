import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  type ActivityEntry,
  ActivityEntrySchema,
  ActivityKind,
} from "@coursemesh/proto/coursemesh/analytics/v1/live_pb.ts";
import { ActivityChangeKind } from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { readRegistrationEvent } from "../fold/registration-event.ts";
import { enumName } from "../report/enum-name.ts";

/** A row of the journal as it arrived. */
export interface JournalRow {
  readonly id: string;
  readonly subject_id: string;
  readonly type: string;
  readonly payload: Buffer;
  readonly occurred_at: Date;
  readonly traceparent: string;
  readonly position: string;
}

const MASK = "•••";

/** What an event is to somebody who watches: the event itself, or each thing that its content did. */
export function toEntries(row: JournalRow, withValues: boolean): ActivityEntry[] {
  const reading = readRegistrationEvent(row.type, row.payload);
  const shown = (value: string): string => (value === "" || withValues ? value : MASK);
  const common = {
    time: timestampFromDate(row.occurred_at),
    registrationId: reading?.registrationId ?? "",
    name: row.type.slice(row.type.lastIndexOf(".") + 1),
    traceId: row.traceparent.split("-")[1] ?? "",
  };
  const told = reading?.told;
  if (told?.kind === "launch")
    return [create(ActivityEntrySchema, { ...common, kind: ActivityKind.LAUNCH, launchId: told.launch.id })];
  if (told?.kind === "result") {
    const { launchId, learnerId, courseId, result } = told.change;
    const score = result?.score ? ` ${result.score.scaled}` : "";
    const value = `${enumName(Completion, result?.completion ?? 0)} ${enumName(Success, result?.success ?? 0)}${score}`;
    const ids = { launchId, learnerId, courseId };
    return [create(ActivityEntrySchema, { ...common, ...ids, kind: ActivityKind.RESULT, value: shown(value) })];
  }
  if (told?.kind === "activities") {
    const { launchId, learnerId, courseId, changes } = told.progress;
    return changes
      .filter(({ activity }) => activity !== "")
      .map(({ activity, kind, interaction, time }) =>
        create(ActivityEntrySchema, {
          ...common,
          ...{ launchId, learnerId, courseId },
          ...(time && { time }),
          kind: ActivityKind.CALL,
          activityId: activity,
          name: enumName(ActivityChangeKind, kind),
          element: interaction?.id ?? "",
          value: shown(interaction?.response ?? ""),
        }),
      );
  }
  return [create(ActivityEntrySchema, { ...common, kind: ActivityKind.EVENT })];
}
