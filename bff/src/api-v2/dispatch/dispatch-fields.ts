import type { Dispatch } from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_pb.ts";

/** Fields of a dispatch that `filterBy` may name. */
export const DISPATCH_FIELDS: Readonly<Record<string, (dispatch: Dispatch) => string>> = {
  dispatch_id: (dispatch) => dispatch.externalId,
  dispatch_email: (dispatch) => dispatch.email,
  course_title: (dispatch) => dispatch.name,
};
