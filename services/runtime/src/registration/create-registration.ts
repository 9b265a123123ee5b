import { create } from "@bufbuild/protobuf";
import type { Database } from "@coursemesh/platform/db/database.ts";
import { requestIdReused } from "@coursemesh/platform/errors/service-error.ts";
import { recordEvent } from "@coursemesh/platform/events/outbox.ts";
import { requestHash } from "@coursemesh/platform/rpc/request-hash.ts";
import type { CourseVersion } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import { RegistrationCreatedSchema } from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import {
  type CreateRegistrationRequest,
  CreateRegistrationRequestSchema,
} from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import { UniqueConstraintViolationException } from "@mikro-orm/postgresql";
import type { Catalog } from "../catalog/catalog.ts";
import { courseArchived, courseNotFound, registrationExists } from "../errors.ts";
import { InstanceEntity } from "../instance/instance.entity.ts";
import { findOrMakeLearner } from "../learner/learner.repository.ts";
import { newRegistration } from "./new-registration.ts";
import { type FullRegistration, registrationMessage } from "./registration.mapper.ts";
import type { RegistrationRepository } from "./registration.repository.ts";

/** What making a registration needs. */
export interface RegistrationMaker {
  readonly database: () => Database;
  readonly catalog: Catalog;
  readonly registrations: RegistrationRepository;
  readonly now: () => Date;
}

/**
 * Registers a learner, or answers what the same request made before.
 * @throws REGISTRATION_EXISTS, COURSE_NOT_FOUND, COURSE_ARCHIVED, REQUEST_ID_REUSED
 */
export async function createRegistration(
  { database, catalog, registrations, now }: RegistrationMaker,
  organizationId: string,
  request: CreateRegistrationRequest,
): Promise<FullRegistration> {
  const hash = Buffer.from(requestHash(CreateRegistrationRequestSchema, request, ["requestId"]), "hex");
  const made = async (): Promise<FullRegistration | undefined> => {
    const known = await registrations.byRequest(organizationId, request.requestId);
    if (known && !hash.equals(known.registration.requestHash)) throw requestIdReused(request.requestId);
    return known;
  };
  const known = await made();
  if (known) return known;

  const course = await catalog.course(organizationId, request.courseId);
  if (course.archived) throw courseArchived({ id: course.id });
  const version = await versionFor(catalog, organizationId, course, request.courseVersionId);
  const { learner } = request;
  try {
    return await database()
      .tenant(organizationId)
      .transactional(async (em) => {
        const learnerRow = await findOrMakeLearner(
          em,
          organizationId,
          {
            externalId: learner?.id ?? "",
            firstName: learner?.firstName ?? "",
            lastName: learner?.lastName ?? "",
            email: learner?.email ?? "",
          },
          now(),
        );
        const order = {
          ...request,
          organizationId,
          requestHash: hash,
          courseId: course.id,
          courseVersionId: version.id,
          packageId: version.packageId,
          learnerId: learnerRow.id,
          source: request.source === "" ? "api" : request.source,
        };
        const { registration, instance } = newRegistration(order, now());
        const row = await registrations.insert(em, registration, instance);
        const full = {
          registration: row,
          instance: await em.findOneOrFail(InstanceEntity, instance.id, { refresh: true }),
          learner: learnerRow,
        };
        await recordEvent(
          em,
          organizationId,
          RegistrationCreatedSchema,
          create(RegistrationCreatedSchema, { registration: registrationMessage(full, now()) }),
        );
        return full;
      });
  } catch (error) {
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
    const first = await made();
    if (first) return first;
    throw registrationExists({ external_id: request.externalId });
  }
}

/** The version asked for, or the course's current one when none is. @throws COURSE_NOT_FOUND */
export async function versionFor(
  catalog: Catalog,
  organizationId: string,
  course: { readonly id: string; readonly currentVersion?: CourseVersion | undefined },
  fixed: string,
): Promise<CourseVersion> {
  const version = fixed === "" ? course.currentVersion : await catalog.courseVersion(organizationId, fixed);
  if (version === undefined || version.courseId !== course.id) throw courseNotFound({ id: fixed || course.id });
  return version;
}
