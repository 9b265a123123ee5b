import { SettingLevel } from "@coursemesh/proto/coursemesh/course/v1/setting_pb.ts";
import type { EntityManager } from "@mikro-orm/postgresql";
import { CourseEntity } from "../course/course.entity.ts";
import { CourseVersionEntity } from "../course-version/course-version.entity.ts";
import { errors } from "../errors.ts";
import type { SettingPlace } from "./effective-settings.ts";

/** Where settings are asked for; empty texts are levels that do not take part. */
export interface SettingTarget {
  readonly courseId: string;
  readonly courseVersionId: string;
  readonly registrationId: string;
}

/** The places of a target from farthest to nearest, with the course they belong to. */
export interface SettingChain {
  readonly places: readonly SettingPlace[];
  readonly courseId: string | undefined;
}

/**
 * Finds the chain of a target. A version alone says which course is meant. Registrations belong to another service, so one that does not
 * exist simply has no values. @throws COURSE_NOT_FOUND, COURSE_VERSION_NOT_FOUND
 */
export async function settingChain(em: EntityManager, tenantId: string, target: SettingTarget): Promise<SettingChain> {
  // UUIDs are the same in either case; the rows have them in lower case.
  const courseVersionId = target.courseVersionId.toLowerCase();
  const registrationId = target.registrationId.toLowerCase();
  const courseId = await courseOf(em, tenantId, target.courseId.toLowerCase(), courseVersionId);
  const places: SettingPlace[] = [{ level: SettingLevel.ORGANIZATION, scopeId: tenantId }];
  if (courseId !== undefined) places.push({ level: SettingLevel.COURSE, scopeId: courseId });
  if (courseVersionId !== "") places.push({ level: SettingLevel.COURSE_VERSION, scopeId: courseVersionId });
  if (registrationId !== "") places.push({ level: SettingLevel.REGISTRATION, scopeId: registrationId });
  return { places, courseId };
}

async function courseOf(
  em: EntityManager,
  tenantId: string,
  courseId: string,
  courseVersionId: string,
): Promise<string | undefined> {
  if (courseId !== "" && (await em.count(CourseEntity, { tenantId, id: courseId })) === 0)
    throw errors.courseNotFound({ id: courseId });
  if (courseVersionId === "") return courseId || undefined;
  const version = await em.findOne(CourseVersionEntity, { tenantId, id: courseVersionId });
  if (version === null || (courseId !== "" && version.courseId !== courseId))
    throw errors.courseVersionNotFound({ id: courseVersionId });
  return version.courseId;
}
