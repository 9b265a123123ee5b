import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { LaunchMode, LaunchService } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import type { Operation } from "../../http/guarded-route.ts";
import { readBody } from "../../http/read-body.ts";
import type { ApiDeps } from "../api-deps.ts";
import { findRegistration } from "./find-registration.ts";
import { launchLinkRequest } from "./launch-link-request.ts";

/** `POST /registrations/{registrationId}/launchLink`: an address for a browser, which needs no credentials. */
export function buildLaunchLink({ clients }: ApiDeps): Operation {
  return async ({ params, body }) => {
    const wanted = readBody(launchLinkRequest, body);
    const { id } = await findRegistration(clients, params.registrationId ?? "");
    const { url } = await clients
      .of(LaunchService)
      .createLaunch({ requestId: uuidV7(), registrationId: id, mode: LaunchMode.NORMAL, ...wanted });
    return { status: 200, body: { launchLink: url } };
  };
}
