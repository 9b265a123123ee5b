import { type Registration, RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import type { Operation } from "../../http/guarded-route.ts";
import type { QueryParameters } from "../../http/query-parameters.ts";
import type { ApiDeps } from "../api-deps.ts";
import { type ActivityExtras, toActivityDetails } from "./activity-result.mapper.ts";
import { findRegistration } from "./find-registration.ts";
import { toRegistrationSchema } from "./registration.mapper.ts";

/** `HEAD /registrations/{registrationId}`: whether it is there. */
export function getRegistration({ clients }: ApiDeps): Operation {
  return async ({ params }) => {
    await findRegistration(clients, params.registrationId ?? "");
    return { status: 200 };
  };
}

/** `GET /registrations/{registrationId}` */
export function getRegistrationProgress(deps: ApiDeps): Operation {
  return async ({ params, query }) => {
    const registration = await findRegistration(deps.clients, params.registrationId ?? "");
    const [body] = await describeRegistrations(deps, [registration], query, true);
    return { status: 200, body };
  };
}

/**
 * `RegistrationSchema`s with what the query asked for.
 * @param withRoot whether the root activity is told even when nothing of it was asked for.
 */
export async function describeRegistrations(
  { clients, directory }: ApiDeps,
  registrations: readonly Registration[],
  query: QueryParameters,
  withRoot: boolean,
): Promise<object[]> {
  const extras: ActivityExtras = {
    children: query.flag("includeChildResults"),
    runtime: query.flag("includeRuntime"),
    interactions: query.flag("includeInteractionsAndObjectives"),
  };
  const referenceOf = ({ courseId, instance }: Registration) => ({
    courseId,
    courseVersionId: instance?.courseVersionId ?? "",
  });
  const courseOf = await directory.find(registrations.map(referenceOf));
  const wantsActivities = withRoot || extras.children || extras.runtime || extras.interactions;
  return Promise.all(
    registrations.map(async (registration) => {
      const details = wantsActivities ? await activityDetailsOf(clients, registration, extras) : undefined;
      return toRegistrationSchema(registration, courseOf(referenceOf(registration)), details);
    }),
  );
}

async function activityDetailsOf(
  clients: ApiDeps["clients"],
  { id, instance }: Registration,
  extras: ActivityExtras,
): Promise<object> {
  const { activities, outlineJson } = await clients.of(RegistrationService).getActivityStates({ registrationId: id });
  return toActivityDetails(activities, outlineJson, instance?.result, extras);
}
