import { create, fromBinary } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  type Acknowledgement,
  type ExternalSession,
  ExternalSessionSchema,
  type HostResult,
  HostResultSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import type { Completion, Result, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { ResultSchema } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";

/** An external session as it is stored; counts of 64 bits are text. */
export interface SessionRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly dispatch_id: string;
  readonly destination_id: string;
  readonly deployment_id: string | null;
  readonly learner_key: string;
  readonly learner_id: string;
  readonly learner_name: string;
  readonly learner_email: string;
  readonly instance_number: number;
  readonly registration_id: string | null;
  readonly instance_id: string | null;
  readonly course_version_id: string | null;
  readonly instance_token: string;
  readonly launch_count: string;
  readonly launched_at: Date;
  readonly last_activity_at: Date;
  readonly result: Buffer | null;
  readonly completion: Completion;
  readonly success: Success;
  readonly score_raw: number | null;
  readonly total_seconds: string;
  readonly result_sequence: string;
  readonly result_version: string;
  readonly result_at: Date | null;
  readonly finished_at: Date | null;
  readonly host_result: Buffer | null;
  readonly acknowledged_sequence: string;
  readonly acknowledgement: Acknowledgement;
  readonly attempt_count: number;
  readonly settled_note: string;
  readonly settled_at: Date | null;
  readonly aicc_url: string | null;
  readonly sealed_aicc_sid: string | null;
  readonly test: boolean;
  readonly revoked_at: Date | null;
  readonly merged_into: string | null;
  readonly created_at: Date;
}

/** What we have of a session; undefined before anything came. */
export function resultOf({ result }: Pick<SessionRow, "result">): Result | undefined {
  return result === null ? undefined : fromBinary(ResultSchema, result);
}

/** What the host has taken; undefined when it has nothing. */
export function hostResultOf({ host_result }: Pick<SessionRow, "host_result">): HostResult | undefined {
  return host_result === null ? undefined : fromBinary(HostResultSchema, host_result);
}

/** A session as the contract shows it, without its data; with its dispatch's course where that was read along. */
export function toExternalSession(row: SessionRow & { readonly course_id?: string }): ExternalSession {
  const result = resultOf(row);
  const hostResult = hostResultOf(row);
  return create(ExternalSessionSchema, {
    id: row.id,
    dispatchId: row.dispatch_id,
    destinationId: row.destination_id,
    courseId: row.course_id ?? "",
    deploymentId: row.deployment_id ?? "",
    registrationId: row.registration_id ?? "",
    instanceId: row.instance_id ?? "",
    courseVersionId: row.course_version_id ?? "",
    learnerId: row.learner_id,
    learnerName: row.learner_name,
    learnerEmail: row.learner_email,
    instanceToken: row.instance_token,
    launchTime: timestampFromDate(row.launched_at),
    lastActivityTime: timestampFromDate(row.last_activity_at),
    launchCount: BigInt(row.launch_count),
    ...(result && { result }),
    ...(hostResult && { hostResult }),
    acknowledgement: row.acknowledgement,
    revoked: row.revoked_at !== null,
    ...(row.settled_at && { settleTime: timestampFromDate(row.settled_at) }),
    settleNote: row.settled_note,
    attemptCount: row.attempt_count,
    mergedIntoId: row.merged_into ?? "",
  });
}
