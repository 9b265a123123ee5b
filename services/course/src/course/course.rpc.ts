import { create } from "@bufbuild/protobuf";
import { timestampDate } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { etagMismatch, fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { recordEvent } from "@coursemesh/platform/events/outbox.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import { readUpdateMask } from "@coursemesh/platform/rpc/update-mask.ts";
import type { Course, CourseService, ListCoursesRequest } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { CourseDeletedSchema, CourseUpdatedSchema } from "@coursemesh/proto/coursemesh/course/v1/events_pb.ts";
import type { EntityManager } from "@mikro-orm/postgresql";
import type { CourseParts } from "../course-parts.ts";
import { CourseVersionEntity } from "../course-version/course-version.entity.ts";
import { errors } from "../errors.ts";
import { publishPackage } from "../publication/publish-package.ts";
import { forgetSettingsOfCourse } from "../settings/setting-value.repository.ts";
import { CourseEntity, type CourseRow } from "./course.entity.ts";
import { toCourse } from "./course.mapper.ts";
import { courseSort, currentVersionsOf, listCourses, lockCourse } from "./course.repository.ts";
import { searchKeysOf } from "./search-keys.ts";
import { cleanTags } from "./tags.ts";

const updatable = ["title", "description", "tags", "archived"] as const;

/** Courses of the caller's organization. */
export function courseRpc(parts: CourseParts): ServiceImpl<typeof CourseService> {
  const { db, now } = parts;
  return {
    publishPackage: (request, context) => publishPackage(parts, request, context),

    async getCourse({ by }, context) {
      const tenantId = organizationOf(context);
      const em = db().tenant(tenantId);
      const key = by.case === "externalId" ? { externalId: by.value } : { id: by.value ?? "" };
      const row = await em.findOne(CourseEntity, { tenantId, ...key });
      if (row === null) throw errors.courseNotFound({ id: by.value ?? "" });
      return { course: await withCurrentVersion(em, row) };
    },

    async batchGetCourses({ ids }, context) {
      const tenantId = organizationOf(context);
      const em = db().tenant(tenantId);
      const rows = await em.find(CourseEntity, { tenantId, id: { $in: ids } });
      const byId = new Map((await withCurrentVersions(em, tenantId, rows)).map((course) => [course.id, course]));
      return { courses: [...new Set(ids.map((id) => id.toLowerCase()))].flatMap((id) => byId.get(id) ?? []) };
    },

    async listCourses(request, context) {
      const tenantId = organizationOf(context);
      const em = db().tenant(tenantId);
      const filter = filterOf(request);
      const list = JSON.stringify(["courses", tenantId, filter, request.order]);
      const start = readPageRequest(request.page, list);
      const sort = courseSort(request.order);
      const { rows, total } = await listCourses(em, tenantId, filter, sort, start, request.page?.withTotal ?? false);
      const cut = cutPage(rows, start, list, sort.keysOf);
      return {
        courses: await withCurrentVersions(em, tenantId, cut.rows),
        page: { nextPageToken: cut.nextPageToken, ...(total !== undefined && { total: BigInt(total) }) },
      };
    },

    async updateCourse({ course, updateMask }, context) {
      if (course === undefined) throw fieldInvalid("course", "is missing");
      const tenantId = organizationOf(context);
      const fields = readUpdateMask(updateMask, updatable);
      const change = courseChange(course, fields);
      return db()
        .tenant(tenantId)
        .transactional(async (em) => {
          const row = await lockCourse(em, tenantId, course.id);
          if (row === null) throw errors.courseNotFound({ id: course.id });
          if (course.etag !== "" && course.etag !== String(row.version)) throw etagMismatch(String(row.version));
          Object.assign(row, change, { updatedAt: now() });
          Object.assign(row, searchKeysOf(row));
          await em.flush();
          const changed = await withCurrentVersion(em, row);
          const event = create(CourseUpdatedSchema, { course: changed, changedFields: [...fields] });
          await recordEvent(em, tenantId, CourseUpdatedSchema, event);
          return { course: changed };
        });
    },

    async deleteCourse({ id }, context) {
      const tenantId = organizationOf(context);
      await db()
        .tenant(tenantId)
        .transactional(async (em) => {
          const row = await lockCourse(em, tenantId, id);
          if (row === null) return;
          const versions = await em.find(
            CourseVersionEntity,
            { tenantId, courseId: id },
            { orderBy: { number: "asc" } },
          );
          const packageIds = versions.map((version) => version.packageId);
          await forgetSettingsOfCourse(em, tenantId, id);
          await em.nativeDelete(CourseVersionEntity, { tenantId, courseId: id });
          await em.nativeDelete(CourseEntity, { tenantId, id });
          const event = create(CourseDeletedSchema, { courseId: row.id, packageIds });
          await recordEvent(em, tenantId, CourseDeletedSchema, event);
        });
      return {};
    },
  };
}

function filterOf(request: ListCoursesRequest) {
  return {
    query: request.query.trim(),
    tags: request.tags,
    standards: request.standards,
    archived: request.archived ?? false,
    updatedSince: request.updatedSince && timestampDate(request.updatedSince),
    updatedUntil: request.updatedUntil && timestampDate(request.updatedUntil),
  };
}

function courseChange(
  course: Course,
  fields: ReadonlySet<(typeof updatable)[number]>,
): Partial<Pick<CourseRow, "title" | "description" | "tags" | "archived">> {
  const title = course.title.trim();
  if (fields.has("title") && (title.length < 1 || title.length > 500))
    throw fieldInvalid("course.title", "must have 1 to 500 characters");
  if (fields.has("description") && course.description.length > 10_000)
    throw fieldInvalid("course.description", "must have at most 10,000 characters");
  return {
    ...(fields.has("title") && { title }),
    ...(fields.has("description") && { description: course.description }),
    ...(fields.has("tags") && { tags: cleanTags("course.tags", course.tags) }),
    ...(fields.has("archived") && { archived: course.archived }),
  };
}

async function withCurrentVersions(em: EntityManager, tenantId: string, rows: readonly CourseRow[]): Promise<Course[]> {
  const versions = await currentVersionsOf(em, tenantId, rows);
  return rows.map((row) => toCourse(row, versions.get(row.currentVersionId ?? "")));
}

async function withCurrentVersion(em: EntityManager, row: CourseRow): Promise<Course> {
  const versions = await currentVersionsOf(em, row.tenantId, [row]);
  return toCourse(row, versions.get(row.currentVersionId ?? ""));
}
