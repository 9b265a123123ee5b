import type { MessageInitShape } from "@bufbuild/protobuf";
import type { HostResult } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import { Completion, type Result, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import type { ResultViewSchema } from "@coursemesh/proto/coursemesh/web/v1/dispatch_report_view_pb.ts";
import { textOfEnum } from "../../contract/enum-text.ts";
import { millisOf } from "../../contract/timestamp.ts";

type ResultInit = MessageInitShape<typeof ResultViewSchema>;

/** What we have. */
export function toOurResult({ completion, success, score, totalSeconds }: Result): ResultInit {
  return {
    completion: textOfEnum(Completion, completion),
    success: textOfEnum(Success, success),
    totalSeconds,
    ...(score && { scoreScaled: score.scaled }),
    ...(score?.raw !== undefined && { scoreRaw: score.raw }),
    ...(score?.max !== undefined && { scoreMax: score.max }),
  };
}

/** What the host has taken. A host that was told no scaled score has one from raw, min and max, like ours. */
export function toHostResult(result: HostResult): ResultInit {
  const { completion, success, scoreRaw, scoreMin, scoreMax, totalSeconds, time } = result;
  const scaled = result.scoreScaled ?? scaledOf(scoreRaw, scoreMin, scoreMax);
  return {
    completion: textOfEnum(Completion, completion),
    success: textOfEnum(Success, success),
    totalSeconds: Number(totalSeconds),
    time: millisOf(time),
    ...(scaled !== undefined && { scoreScaled: scaled }),
    ...(scoreRaw !== undefined && { scoreRaw }),
    ...(scoreMax !== undefined && { scoreMax }),
  };
}

/** A raw score without bounds is of 100, as SCORM 1.2 says. */
function scaledOf(raw: number | undefined, min = 0, max = 100): number | undefined {
  return raw === undefined || max <= min ? undefined : (raw - min) / (max - min);
}
