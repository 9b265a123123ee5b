import { Code } from "@connectrpc/connect";
import { runAs, serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";
import { AttemptOutcome } from "@coursemesh/proto/coursemesh/webhook/v1/delivery_pb.ts";
import { EndpointService } from "@coursemesh/proto/coursemesh/webhook/v1/endpoint_pb.ts";
import type { Operation } from "../../http/guarded-route.ts";
import { readBody } from "../../http/read-body.ts";
import type { ApiDeps } from "../api-deps.ts";
import { postBackSchema, toPostbackSettings } from "./postback-schema.ts";

/** `POST /registrations/postBackTest`: sends an example with the configuration given, and says what went wrong when it did. */
export function testPostback({ clients }: ApiDeps): Operation {
  return async ({ body, caller }) => {
    const postBack = readBody(postBackSchema, body);
    const postback = toPostbackSettings(postBack);
    const { attempt } = await runAs(serviceCaller("bff", caller.organizationId), () =>
      clients.of(EndpointService).testAddress({ url: postBack.url, postback }),
    );
    const arrived = attempt?.outcome === AttemptOutcome.DELIVERED;
    if (arrived) return { status: 204 };
    const why = attempt?.error || `the address answered ${attempt?.httpStatus ?? 0}`;
    throw serviceError(Code.FailedPrecondition, "POSTBACK_REFUSED", `the postback did not arrive: ${why}`, {
      http_status: String(attempt?.httpStatus ?? 0),
    });
  };
}
