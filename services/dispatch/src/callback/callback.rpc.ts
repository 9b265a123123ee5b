import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import type { CallbackService } from "@coursemesh/proto/coursemesh/dispatch/v1/callback_pb.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { launchLimit } from "../launch/launch-limit.ts";
import { acceptCallback, type CallbackIntake } from "./accept-callback.ts";
import { groupCommit } from "./group-commit.ts";
import { listCallbacks } from "./list-callbacks.ts";
import { type CallbackAnswer, type CheckedCallback, writeCallbacks } from "./write-callbacks.ts";

/** CallbackService. */
export function callbackRpc(parts: DispatchParts): ServiceImpl<typeof CallbackService> {
  const intake: CallbackIntake = {
    parts,
    limit: launchLimit(parts.config.DISPATCH_CALLBACKS_PER_MINUTE, parts.now),
    commit: groupCommit<CheckedCallback, CallbackAnswer>((calls) => writeCallbacks(parts.pool(), calls)),
  };
  return {
    acceptCallback: (request) => acceptCallback(intake, request),
    listCallbacks: (request, context) => listCallbacks(parts, organizationOf(context), request),
  };
}
