import { create } from "@bufbuild/protobuf";
import type { HandlerContext } from "@connectrpc/connect";
import { callerOf, organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { requestIdReused } from "@coursemesh/platform/errors/service-error.ts";
import { recordEvent } from "@coursemesh/platform/events/outbox.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { requestHash } from "@coursemesh/platform/rpc/request-hash.ts";
import {
  type PublishPackageRequest,
  PublishPackageRequestSchema,
  type PublishPackageResponse,
  PublishPackageResponseSchema,
} from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import {
  CourseCreatedSchema,
  CourseVersionCreatedSchema,
  CourseVersionMadeCurrentSchema,
} from "@coursemesh/proto/coursemesh/course/v1/events_pb.ts";
import type { EntityManager } from "@mikro-orm/postgresql";
import type { CourseRow } from "../course/course.entity.ts";
import { toCourse } from "../course/course.mapper.ts";
import { lockCourse } from "../course/course.repository.ts";
import type { CourseParts } from "../course-parts.ts";
import { CourseVersionEntity, type CourseVersionRow } from "../course-version/course-version.entity.ts";
import { toCourseVersion } from "../course-version/course-version.mapper.ts";
import { errors } from "../errors.ts";
import type { PublicationRow } from "./publication.entity.ts";
import { claimPublication, completePublication } from "./publication.repository.ts";
import { findOrCreateCourse } from "./target-course.ts";

/** Makes a version of a package, and the course if it is new. @throws COURSE_NOT_FOUND, COURSE_EXISTS, REQUEST_ID_REUSED */
export async function publishPackage(
  { db, now }: CourseParts,
  request: PublishPackageRequest,
  context: HandlerContext,
): Promise<PublishPackageResponse> {
  const tenantId = organizationOf(context);
  const hash = requestHash(PublishPackageRequestSchema, request);
  const { displayName, id: callerId } = callerOf(context);
  return db()
    .tenant(tenantId)
    .transactional(async (em) => {
      const { requestId } = request;
      const versionId = uuidV7();
      const claim = { tenantId, requestId, requestHash: hash, courseCreated: false, createdAt: now() };
      const earlier = await claimPublication(em, { ...claim, courseId: uuidV7(), courseVersionId: versionId });
      if (earlier && earlier.requestHash !== hash) throw requestIdReused(requestId);
      if (earlier) return answerAgain(em, earlier);
      const { course, created } = await findOrCreateCourse(em, tenantId, request, now());
      const version = await addVersion(em, course, request, versionId, displayName || callerId, now());
      await completePublication(em, claim, { courseId: course.id, courseCreated: created });
      return create(PublishPackageResponseSchema, {
        course: toCourse(course, version),
        courseVersion: toCourseVersion(version, course.currentVersionId),
        courseCreated: created,
      });
    });
}

/** Adds the next version to a locked course, makes it current and announces it. */
async function addVersion(
  em: EntityManager,
  course: CourseRow,
  request: PublishPackageRequest,
  id: string,
  createdBy: string,
  now: Date,
): Promise<CourseVersionRow> {
  const previous = course.currentVersionId;
  Object.assign(course, { lastNumber: course.lastNumber + 1, currentVersionId: id, updatedAt: now });
  course.standard = request.standard;
  const version = em.create(CourseVersionEntity, {
    id,
    tenantId: course.tenantId,
    courseId: course.id,
    number: course.lastNumber,
    packageId: request.packageId,
    standard: request.standard,
    title: request.packageTitle,
    activityCount: request.activityCount,
    sizeBytes: request.sizeBytes,
    fileCount: request.fileCount,
    findingCount: request.findingCount,
    importId: request.importId,
    note: request.note,
    createdBy,
    createdAt: now,
  });
  await em.flush();
  const courseVersion = toCourseVersion(version, id);
  if (!previous) {
    const event = create(CourseCreatedSchema, { course: toCourse(course, version) });
    await recordEvent(em, course.tenantId, CourseCreatedSchema, event);
  }
  const made = create(CourseVersionCreatedSchema, { courseVersion });
  await recordEvent(em, course.tenantId, CourseVersionCreatedSchema, made);
  if (previous) {
    const event = create(CourseVersionMadeCurrentSchema, { courseVersion, previousCourseVersionId: previous });
    await recordEvent(em, course.tenantId, CourseVersionMadeCurrentSchema, event);
  }
  return version;
}

/** What the request made, as it is now. @throws COURSE_NOT_FOUND, COURSE_VERSION_NOT_FOUND when it was removed meanwhile */
async function answerAgain(em: EntityManager, earlier: PublicationRow): Promise<PublishPackageResponse> {
  const { tenantId, courseId, courseVersionId, courseCreated } = earlier;
  const course = await lockCourse(em, tenantId, courseId);
  if (course === null) throw errors.courseNotFound({ id: courseId });
  const version = await em.findOne(CourseVersionEntity, { tenantId, id: courseVersionId });
  if (version === null) throw errors.courseVersionNotFound({ id: courseVersionId });
  const current = await em.findOne(CourseVersionEntity, { tenantId, id: course.currentVersionId ?? "" });
  return create(PublishPackageResponseSchema, {
    course: toCourse(course, current ?? undefined),
    courseVersion: toCourseVersion(version, course.currentVersionId),
    courseCreated,
  });
}
