import type { Clients } from "@coursemesh/platform/rpc/clients.ts";
import { ActivityService } from "@coursemesh/proto/coursemesh/lrs/v1/activity_pb.ts";
import { JSON_TYPE, type XapiOperation } from "../request/xapi-request.ts";

/** GET activities: the activity as statements have described it (Communication 2.5). */
export function getActivity(clients: Clients): XapiOperation {
  const activities = clients.of(ActivityService);
  return async ({ parameters }) => {
    parameters.required("activityId", "XAPI-00250");
    const { activity } = await activities.getActivity({ activityId: parameters.iri("activityId") ?? "" });
    return {
      status: 200,
      headers: { "content-type": JSON_TYPE },
      body: Buffer.from(activity?.json ?? new Uint8Array()),
    };
  };
}
