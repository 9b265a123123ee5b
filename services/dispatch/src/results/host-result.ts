import { create, toBinary } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { type HostResult, HostResultSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import { Completion, type Result, ResultSchema, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";

/** What of a result a host is told. Hosts that know no scaled score get raw, min and max of it. @param at when it became so. */
export function hostResult(result: Result, at: Date): HostResult {
  const { completion, success, score, totalSeconds } = result;
  const scores = score && {
    scoreScaled: score.scaled,
    ...(score.raw === undefined
      ? { scoreRaw: hundredths(score.scaled), scoreMin: 0, scoreMax: 100 }
      : {
          scoreRaw: score.raw,
          ...(score.min !== undefined && { scoreMin: score.min }),
          ...(score.max !== undefined && { scoreMax: score.max }),
        }),
  };
  return create(HostResultSchema, {
    completion,
    success,
    ...scores,
    totalSeconds: BigInt(Math.max(0, Math.round(totalSeconds))),
    time: timestampFromDate(at),
  });
}

/** Whether a host would be told anything else. Time alone is no news: it goes along with what is. */
export function isWorthTelling(before: Result | undefined, after: Result): boolean {
  return Buffer.compare(standing(before ?? create(ResultSchema)), standing(after)) !== 0;
}

/** Complete, passed or failed: what an administrator must see acknowledged. */
export function isFinished({ completion, success }: Pick<Result, "completion" | "success">): boolean {
  return completion === Completion.COMPLETE || success === Success.PASSED || success === Success.FAILED;
}

/** Not touched and untold are the same to a host. */
function standing({ completion, success, score }: Result): Uint8Array {
  const told = {
    completion: completion === Completion.NOT_ATTEMPTED ? Completion.UNSPECIFIED : completion,
    success: success === Success.UNKNOWN ? Success.UNSPECIFIED : success,
    ...(score && { score }),
  };
  return toBinary(ResultSchema, create(ResultSchema, told));
}

/** Without the noise of binary fractions. */
function hundredths(scaled: number): number {
  return Math.round(scaled * 10_000) / 100;
}
