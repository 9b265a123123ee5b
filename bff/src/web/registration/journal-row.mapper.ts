import type { MessageInitShape } from "@bufbuild/protobuf";
import type { Call } from "@coursemesh/proto/coursemesh/runtime/v1/journal_pb.ts";
import { type Launch, LaunchEnd, LaunchMode } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import type { CallRowSchema, LaunchRowSchema } from "@coursemesh/proto/coursemesh/web/v1/registration_view_pb.ts";
import { textOfEnum } from "../../contract/enum-text.ts";
import { millisOf } from "../../contract/timestamp.ts";

export function toLaunchRow(launch: Launch): MessageInitShape<typeof LaunchRowSchema> {
  return {
    id: launch.id,
    createTime: millisOf(launch.createTime),
    openTime: millisOf(launch.openTime),
    activityTime: millisOf(launch.activityTime),
    endTime: millisOf(launch.endTime),
    end: textOfEnum(LaunchEnd, launch.end),
    callCount: launch.lastSeq,
    userAgent: launch.userAgent,
    mode: textOfEnum(LaunchMode, launch.mode),
  };
}

export function toCallRow(call: Call): MessageInitShape<typeof CallRowSchema> {
  return {
    launchId: call.launchId,
    seq: call.seq,
    time: millisOf(call.callTime),
    receiveTime: millisOf(call.receiveTime),
    activity: call.activity,
    method: call.method,
    element: call.element,
    value: call.value,
    result: call.result,
    error: call.error,
  };
}
