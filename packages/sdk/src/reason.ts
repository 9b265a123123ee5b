import { ConnectError } from "@connectrpc/connect";
import { ErrorInfoSchema } from "@coursemesh/proto/google/rpc/error_details_pb.ts";

/** Why a call failed, as in the `ErrorReason` enums of the contracts: `COURSE_NOT_FOUND`. Undefined when nobody said. */
export function reasonOf(error: unknown): string | undefined {
  return ConnectError.from(error).findDetails(ErrorInfoSchema)[0]?.reason;
}
