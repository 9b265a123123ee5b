import { SettingLevel } from "@coursemesh/proto/coursemesh/course/v1/setting_pb.ts";
import type { EntityManager } from "@mikro-orm/postgresql";
import type { SettingPlace } from "./effective-settings.ts";
import { SettingValueEntity, type SettingValueRow } from "./setting-value.entity.ts";

/** Everything that is set at the places of a chain. */
export function findSettingValues(
  em: EntityManager,
  tenantId: string,
  chain: readonly SettingPlace[],
): Promise<SettingValueRow[]> {
  return em.find(SettingValueEntity, {
    tenantId,
    $or: chain.map(({ level, scopeId }) => ({ level, scopeId })),
  });
}

/** What an update writes. */
export interface SettingChange {
  readonly place: SettingPlace;
  readonly values: ReadonlyMap<string, string>;
  readonly resets: readonly string[];
  readonly courseId: string | undefined;
  readonly by: string;
  readonly at: Date;
}

/** @param em in a transaction */
export async function writeSettings(em: EntityManager, tenantId: string, change: SettingChange): Promise<void> {
  const { level, scopeId } = change.place;
  if (change.resets.length > 0)
    await em.nativeDelete(SettingValueEntity, { tenantId, level, scopeId, settingId: { $in: [...change.resets] } });
  // In one order, so that two updates of the same place never wait for each other crosswise.
  for (const [settingId, value] of [...change.values].toSorted(([one], [other]) => (one < other ? -1 : 1)))
    await em.upsert(SettingValueEntity, {
      tenantId,
      level,
      scopeId,
      settingId,
      value,
      courseId: change.courseId ?? null,
      updatedAt: change.at,
      updatedBy: change.by,
    });
}

/** Removes what is set at a course, its versions and the registrations that said they belong to it. */
export async function forgetSettingsOfCourse(em: EntityManager, tenantId: string, courseId: string): Promise<void> {
  await em.nativeDelete(SettingValueEntity, { tenantId, courseId });
}

export async function forgetSettingsOfVersion(em: EntityManager, tenantId: string, versionId: string): Promise<void> {
  await em.nativeDelete(SettingValueEntity, { tenantId, level: SettingLevel.COURSE_VERSION, scopeId: versionId });
}
