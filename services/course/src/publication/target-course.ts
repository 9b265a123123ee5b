import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import type { PublishPackageRequest } from "@coursemesh/proto/coursemesh/course/v1/course_pb.ts";
import { type EntityManager, LockMode } from "@mikro-orm/postgresql";
import { CourseEntity, type CourseRow } from "../course/course.entity.ts";
import { lockCourse } from "../course/course.repository.ts";
import { searchKeysOf } from "../course/search-keys.ts";
import { cleanTags } from "../course/tags.ts";
import { errors } from "../errors.ts";

/** A course may be deleted between finding that its name is taken and locking it; then its name is free again. */
const ATTEMPTS = 5;

/**
 * The course a package is published to, locked: by id, else by external id, else a new one. Two publishers of one new external id make
 * one course: the second waits for the first. @throws COURSE_NOT_FOUND, COURSE_EXISTS
 */
export async function findOrCreateCourse(
  em: EntityManager,
  tenantId: string,
  request: PublishPackageRequest,
  now: Date,
): Promise<{ course: CourseRow; created: boolean }> {
  if (request.courseId !== "") {
    const course = await lockCourse(em, tenantId, request.courseId);
    if (course === null) throw errors.courseNotFound({ id: request.courseId });
    return { course, created: false };
  }
  const id = uuidV7();
  const externalId = request.externalId || id;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const created = await insertCourse(em, tenantId, id, externalId, request, now);
    const course = await em.findOne(
      CourseEntity,
      { tenantId, externalId },
      { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
    );
    if (course === null) continue;
    if (!created && !request.mayAddVersion) throw errors.courseExists({ external_id: externalId });
    return { course, created };
  }
  throw new Error("a course with this external id is made and deleted over and over");
}

/** @returns false when the external id is taken. */
async function insertCourse(
  em: EntityManager,
  tenantId: string,
  id: string,
  externalId: string,
  request: PublishPackageRequest,
  now: Date,
): Promise<boolean> {
  const tags = cleanTags("tags", request.tags);
  const title = request.title.trim() || request.packageTitle.trim().slice(0, 500) || externalId;
  const { searchText, tagKeys } = searchKeysOf({ title, externalId, tags });
  const inserted: unknown[] = await em.execute(
    `insert into course (id, tenant_id, external_id, title, tags, tag_keys, search_text, created_at, updated_at)
     select ?, ?, ?, ?, array(select jsonb_array_elements_text(?::jsonb)), array(select jsonb_array_elements_text(?::jsonb)), ?, ?, ?
     on conflict (tenant_id, external_id) do nothing returning id`,
    [id, tenantId, externalId, title, JSON.stringify(tags), JSON.stringify(tagKeys), searchText, now, now],
  );
  return inserted.length > 0;
}
