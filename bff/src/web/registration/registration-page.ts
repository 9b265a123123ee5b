import type { MessageInitShape } from "@bufbuild/protobuf";
import { LaunchService } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import { RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import type { GetRegistrationResponseSchema } from "@coursemesh/proto/coursemesh/web/v1/registration_view_pb.ts";
import { readOutline } from "../../catalog/outline.ts";
import { optionalPart } from "../../contract/optional-part.ts";
import type { ViewDeps } from "../view-deps.ts";
import { toActivityRows } from "./activity-row.mapper.ts";
import { toLaunchRow } from "./journal-row.mapper.ts";
import { toInstanceRow, toRegistrationRow } from "./registration-row.mapper.ts";

/** Launches and instances a page shows. */
const ROWS = 200;

/**
 * One registration with its activities, launches and instances.
 * @param instanceId empty: the current instance.
 */
export async function registrationPage(
  { clients, directory, logger }: ViewDeps,
  id: string,
  instanceId: string,
): Promise<MessageInitShape<typeof GetRegistrationResponseSchema>> {
  const registrations = clients.of(RegistrationService);
  const page = { pageSize: ROWS };
  const [{ registration }, activities, launches, listed] = await Promise.all([
    registrations.getRegistration({ by: { case: "id", value: id } }),
    optionalPart("activities", registrations.getActivityStates({ registrationId: id, instanceId }), logger),
    optionalPart("launches", clients.of(LaunchService).listLaunches({ registrationId: id, page }), logger),
    optionalPart("instances", registrations.listInstances({ registrationId: id, page }), logger),
  ]);
  if (registration === undefined) return {};
  const { courseId } = registration;
  const instances = listed?.instances ?? (registration.instance ? [registration.instance] : []);
  const references = [registration.instance, ...instances].flatMap((instance) =>
    instance ? [{ courseId, courseVersionId: instance.courseVersionId }] : [],
  );
  const courseOf = await directory.find(references);
  const found = (courseVersionId: string) => courseOf({ courseId, courseVersionId });
  const shown = instanceId || (registration.instance?.id ?? "");
  return {
    registration: toRegistrationRow(registration, found(registration.instance?.courseVersionId ?? "")),
    activities: toActivityRows(activities?.activities ?? [], activities?.outlineJson ?? ""),
    launches: (launches?.launches ?? []).filter((launch) => launch.instanceId === shown).map(toLaunchRow),
    instances: instances.map((instance) => toInstanceRow(instance, found(instance.courseVersionId).versionNumber)),
    instanceId: shown,
    sequenced: readOutline(activities?.outlineJson ?? "")?.standard === "scorm2004",
  };
}
