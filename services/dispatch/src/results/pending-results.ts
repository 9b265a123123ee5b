import { create } from "@bufbuild/protobuf";
import { type PendingResult, PendingResultSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";
import { resultOf, type SessionRow } from "../external_session/session-row.ts";
import { hostResult } from "./host-result.ts";

/** What of a session is to be told to whoever has it up to a sequence: the newest result alone, since it stands for all before. */
export function pendingResults(session: SessionRow, afterSequence: number): PendingResult[] {
  const result = resultOf(session);
  const sequence = Number(session.result_sequence);
  if (result === undefined || sequence <= afterSequence || session.settled_at !== null) return [];
  const told = hostResult(result, session.result_at ?? session.last_activity_at);
  return [
    create(PendingResultSchema, {
      sequence: BigInt(sequence),
      result: told,
      instanceToken: session.instance_token,
    }),
  ];
}
