import { create } from "@bufbuild/protobuf";
import { type OutboxRow, outboxRow } from "@coursemesh/platform/events/outbox.ts";
import {
  RegistrationCompletedSchema,
  RegistrationFailedSchema,
  RegistrationPassedSchema,
  RegistrationProgressedSchema,
  type ResultChange,
  ResultChangeSchema,
} from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { resultMessage, type StoredResult } from "../result/result.ts";

/** A result before and after some calls, and the calls after which its parts had their new values. */
export interface ResultStep {
  readonly before: StoredResult;
  readonly after: StoredResult;
  /** Number of the last call that changed what `aspect` looks at. */
  readonly seqOf: (aspect: (result: StoredResult) => unknown) => number;
}

/** Whose result changed. */
export interface ResultOwner {
  readonly organizationId: string;
  readonly registrationId: string;
  readonly externalId: string;
  readonly instanceId: string;
  readonly courseId: string;
  readonly courseVersionId: string;
  readonly learnerId: string;
  readonly launchId: string;
}

/** Status, score and progress; the time alone is no news. */
export function sameStanding(one: StoredResult, other: StoredResult): boolean {
  return standing(one) === standing(other);
}

/** The events of a change, none when nothing but time changed. */
export function resultEvents(owner: ResultOwner, step: ResultStep): OutboxRow[] {
  const { before, after, seqOf } = step;
  if (sameStanding(before, after)) return [];
  const { organizationId } = owner;
  const change = (seq: number): ResultChange => changeMessage(owner, before, after, seq);
  const events = [
    outboxRow(
      organizationId,
      RegistrationProgressedSchema,
      create(RegistrationProgressedSchema, { change: change(seqOf(standing)) }),
    ),
  ];
  if (after.completion === Completion.COMPLETE && before.completion !== Completion.COMPLETE) {
    const completed = create(RegistrationCompletedSchema, { change: change(seqOf((result) => result.completion)) });
    events.push(outboxRow(organizationId, RegistrationCompletedSchema, completed));
  }
  if (after.success === before.success) return events;
  const judged = change(seqOf((result) => result.success));
  if (after.success === Success.PASSED) {
    const passed = create(RegistrationPassedSchema, { change: judged });
    events.push(outboxRow(organizationId, RegistrationPassedSchema, passed));
  }
  if (after.success === Success.FAILED) {
    const failed = create(RegistrationFailedSchema, { change: judged });
    events.push(outboxRow(organizationId, RegistrationFailedSchema, failed));
  }
  return events;
}

function standing(result: StoredResult): string {
  const { completion, success, scoreScaled, scoreRaw, progress } = result;
  return `${completion} ${success} ${scoreScaled} ${scoreRaw} ${progress}`;
}

function changeMessage(owner: ResultOwner, before: StoredResult, after: StoredResult, seq: number): ResultChange {
  const { organizationId: _, ...ids } = owner;
  return create(ResultChangeSchema, {
    ...ids,
    seq,
    result: resultMessage(after, undefined, undefined),
    previous: resultMessage(before, undefined, undefined),
  });
}
