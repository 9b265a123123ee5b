import { toJsonString } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import {
  RegistrationFilterSchema,
  type RegistrationService,
} from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import { registrationNotFound } from "../errors.ts";
import { modelOfCourse } from "../instance/model-of-course.ts";
import { loadInstance } from "../journal/load-instance.ts";
import { createInstance } from "./create-instance.ts";
import { createRegistration, type RegistrationMaker, versionFor } from "./create-registration.ts";
import { deleteRegistrations } from "./delete-registrations.ts";
import { type FullRegistration, instanceMessage, registrationMessage } from "./registration.mapper.ts";
import { sortOf } from "./registration.repository.ts";
import { restoreInstance } from "./restore-instance.ts";
import { summarizeRegistrations } from "./summarize-registrations.ts";

/** @param forget tells sequencing about sessions that are gone; without waiting. */
export function registrationRpc(deps: RegistrationMaker, forget: () => void): ServiceImpl<typeof RegistrationService> {
  const { catalog, registrations, now } = deps;
  const answer = (full: FullRegistration) => ({ registration: registrationMessage(full, now()) });

  return {
    async createRegistration(request, context) {
      return answer(await createRegistration(deps, organizationOf(context), request));
    },

    async getRegistration({ by }, context) {
      const organizationId = organizationOf(context);
      const found =
        by.case === "id"
          ? await registrations.byId(organizationId, by.value)
          : await registrations.byExternalId(organizationId, by.value ?? "");
      if (found === undefined) throw registrationNotFound({ id: by.value ?? "" });
      return answer(found);
    },

    async listRegistrations({ page, filter, order }, context) {
      const organizationId = organizationOf(context);
      const list = `registrations ${order} ${filter ? toJsonString(RegistrationFilterSchema, filter) : ""}`;
      const start = readPageRequest(page, list);
      const found = await registrations.list(organizationId, filter, order, start);
      const time = sortOf(order).column === "created_at" ? "createdAt" : "updatedAt";
      const { rows, nextPageToken } = cutPage(found, start, list, ({ registration }) => [
        registration[time].toISOString(),
        registration.id,
      ]);
      const total = page?.withTotal ? await registrations.count(organizationId, filter) : undefined;
      return {
        registrations: rows.map((row) => registrationMessage(row, now())),
        page: { nextPageToken, ...(total !== undefined && { total }) },
      };
    },

    summarizeRegistrations: ({ filter, byCourse }, context) =>
      summarizeRegistrations(deps.database().pool, organizationOf(context), filter, byCourse, now()),

    async createInstance(request, context) {
      const organizationId = organizationOf(context);
      const { registration } = await registrations.require(organizationId, request.registrationId);
      const course = await catalog.course(organizationId, registration.courseId);
      const version = await versionFor(catalog, organizationId, course, request.courseVersionId);
      const progressKept = await createInstance(deps, organizationId, request, version, now());
      return { ...answer(await registrations.require(organizationId, registration.id)), progressKept };
    },

    async restoreInstance(request, context) {
      const organizationId = organizationOf(context);
      await restoreInstance(deps, organizationId, request, now());
      return answer(await registrations.require(organizationId, request.registrationId));
    },

    async listInstances({ registrationId, page }, context) {
      const organizationId = organizationOf(context);
      const { registration } = await registrations.require(organizationId, registrationId);
      const list = `instances of ${registrationId}`;
      const start = readPageRequest(page, list);
      const below = start.after === undefined ? undefined : Number(start.after[0]);
      const found = await registrations.instances(organizationId, registrationId, start.limit, below);
      const { rows, nextPageToken } = cutPage(found, start, list, (row) => [row.number]);
      return {
        instances: rows.map(instanceMessage),
        page: { nextPageToken, ...(page?.withTotal && { total: BigInt(registration.instanceCount) }) },
      };
    },

    async getActivityStates({ registrationId, instanceId }, context) {
      const organizationId = organizationOf(context);
      const row = await registrations.requireInstance(organizationId, registrationId, instanceId);
      const { json, outline } = await catalog.outline(organizationId, row.packageId);
      const instance = await loadInstance(deps.database().pool, organizationId, row.id);
      if (instance === undefined) throw registrationNotFound({ id: registrationId });
      return { activities: modelOfCourse(outline).activities(instance.state), outlineJson: json };
    },

    async deleteRegistration({ id }, context) {
      const organizationId = organizationOf(context);
      await inTenant(deps.database().pool, organizationId, (client) =>
        deleteRegistrations(client, organizationId, [id]),
      );
      forget();
      return {};
    },
  };
}
