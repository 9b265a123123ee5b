import { create } from "@bufbuild/protobuf";
import { type GetBridgeResponse, GetBridgeResponseSchema } from "@coursemesh/proto/coursemesh/dispatch/v1/launch_pb.ts";
import { effectiveBranding } from "../dispatch/effective-look.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { courseOf, destinationLook, findDispatch, titleOf } from "./dispatch-facts.ts";
import { hostFramers } from "./framers.ts";

/** What the page around the player needs before a code is redeemed. @throws EXCHANGE_INVALID */
export async function getBridge(parts: DispatchParts, dispatchId: string): Promise<GetBridgeResponse> {
  const dispatch = await findDispatch(parts.pool(), dispatchId);
  const course = await courseOf(parts, dispatch);
  return create(GetBridgeResponseSchema, {
    frameAncestors: [...hostFramers(dispatch)],
    branding: effectiveBranding(dispatch, destinationLook(dispatch)),
    courseTitle: titleOf(dispatch, course),
  });
}
