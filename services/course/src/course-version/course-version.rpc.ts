import { create } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { recordEvent } from "@coursemesh/platform/events/outbox.ts";
import { orderByOf, rowsAfter, type SortColumn } from "@coursemesh/platform/page/keyset.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import type { CourseVersionService } from "@coursemesh/proto/coursemesh/course/v1/course_version_pb.ts";
import {
  CourseVersionDeletedSchema,
  CourseVersionMadeCurrentSchema,
} from "@coursemesh/proto/coursemesh/course/v1/events_pb.ts";
import type { EntityManager, FilterQuery } from "@mikro-orm/postgresql";
import { CourseEntity, type CourseRow } from "../course/course.entity.ts";
import { lockCourse } from "../course/course.repository.ts";
import type { CourseParts } from "../course-parts.ts";
import { errors } from "../errors.ts";
import { forgetSettingsOfVersion } from "../settings/setting-value.repository.ts";
import { CourseVersionEntity, type CourseVersionRow } from "./course-version.entity.ts";
import { toCourseVersion } from "./course-version.mapper.ts";

const newestFirst: readonly SortColumn[] = [{ property: "number", direction: "desc" }];

/** Versions of the courses of the caller's organization. */
export function courseVersionRpc({ db, now }: CourseParts): ServiceImpl<typeof CourseVersionService> {
  return {
    async getCourseVersion({ id }, context) {
      const tenantId = organizationOf(context);
      const em = db().tenant(tenantId);
      const version = await em.findOne(CourseVersionEntity, { tenantId, id });
      if (version === null) throw errors.courseVersionNotFound({ id });
      const course = await em.findOne(CourseEntity, { tenantId, id: version.courseId });
      return { courseVersion: toCourseVersion(version, course?.currentVersionId) };
    },

    async listCourseVersions({ courseId, page }, context) {
      const tenantId = organizationOf(context);
      const em = db().tenant(tenantId);
      const list = JSON.stringify(["course-versions", courseId]);
      const start = readPageRequest(page, list);
      const course = await em.findOne(CourseEntity, { tenantId, id: courseId });
      if (course === null) throw errors.courseNotFound({ id: courseId });
      const all = { tenantId, courseId };
      const where = { $and: [all, rowsAfter(newestFirst, start.after)] } as FilterQuery<CourseVersionRow>;
      const options = { orderBy: orderByOf(newestFirst), limit: start.limit + 1 };
      const rows = await em.find(CourseVersionEntity, where, options);
      const cut = cutPage(rows, start, list, (row) => [row.number]);
      const total = page?.withTotal ? { total: BigInt(await em.count(CourseVersionEntity, all)) } : {};
      return {
        courseVersions: cut.rows.map((row) => toCourseVersion(row, course.currentVersionId)),
        page: { nextPageToken: cut.nextPageToken, ...total },
      };
    },

    async setCurrentCourseVersion({ id }, context) {
      const tenantId = organizationOf(context);
      return db()
        .tenant(tenantId)
        .transactional(async (em) => {
          const found = await lockVersion(em, tenantId, id);
          if (found === undefined) throw errors.courseVersionNotFound({ id });
          const { course, version } = found;
          const previous = course.currentVersionId;
          const courseVersion = toCourseVersion(version, version.id);
          if (previous === version.id) return { courseVersion };
          Object.assign(course, { currentVersionId: version.id, standard: version.standard, updatedAt: now() });
          await em.flush();
          const event = { courseVersion, previousCourseVersionId: previous ?? "" };
          await recordEvent(
            em,
            tenantId,
            CourseVersionMadeCurrentSchema,
            create(CourseVersionMadeCurrentSchema, event),
          );
          return { courseVersion };
        });
    },

    async deleteCourseVersion({ id }, context) {
      const tenantId = organizationOf(context);
      await db()
        .tenant(tenantId)
        .transactional(async (em) => {
          const found = await lockVersion(em, tenantId, id);
          if (found === undefined) return;
          const { course, version } = found;
          if (course.currentVersionId === version.id) throw errors.courseVersionCurrent({ id });
          await forgetSettingsOfVersion(em, tenantId, id);
          await em.nativeDelete(CourseVersionEntity, { tenantId, id });
          const event = { courseVersionId: version.id, courseId: course.id, packageId: version.packageId };
          await recordEvent(em, tenantId, CourseVersionDeletedSchema, create(CourseVersionDeletedSchema, event));
        });
      return {};
    },
  };
}

/** A version with its course, the course locked: what is current is decided there. */
async function lockVersion(
  em: EntityManager,
  tenantId: string,
  id: string,
): Promise<{ course: CourseRow; version: CourseVersionRow } | undefined> {
  const found = await em.findOne(CourseVersionEntity, { tenantId, id });
  const course = found && (await lockCourse(em, tenantId, found.courseId));
  // Read again, because it may have gone while we waited for the lock.
  const version = course && (await em.findOne(CourseVersionEntity, { tenantId, id }, { refresh: true }));
  return course && version ? { course, version } : undefined;
}
