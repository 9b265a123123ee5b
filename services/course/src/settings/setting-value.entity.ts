import type { SettingLevel } from "@coursemesh/proto/coursemesh/course/v1/setting_pb.ts";
import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";

export const SettingValueEntity = defineEntity({
  name: "SettingValue",
  tableName: "setting_value",
  properties: {
    tenantId: p.uuid().primary(),
    level: p.integer().$type<SettingLevel>().primary(),
    scopeId: p.uuid().primary(),
    settingId: p.text().primary(),
    value: p.text(),
    courseId: p.uuid().nullable(),
    updatedAt: p.datetime(),
    updatedBy: p.text(),
  },
});

/** One setting at one place. */
export type SettingValueRow = InferEntity<typeof SettingValueEntity>;
