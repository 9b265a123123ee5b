import type { MessageInitShape } from "@bufbuild/protobuf";
import { type EffectiveSetting, SettingLevel, SettingType } from "@coursemesh/proto/coursemesh/course/v1/setting_pb.ts";
import type { SettingRowSchema } from "@coursemesh/proto/coursemesh/web/v1/course_view_pb.ts";
import { textOfEnum } from "../../contract/enum-text.ts";

export function toSettingRow(setting: EffectiveSetting): MessageInitShape<typeof SettingRowSchema> {
  const { definition, value, source, explicitValue } = setting;
  return {
    id: definition?.id ?? "",
    group: definition?.group ?? "",
    type: textOfEnum(SettingType, definition?.type ?? SettingType.UNSPECIFIED),
    choices: definition?.choices ?? [],
    value,
    source: textOfEnum(SettingLevel, source?.level ?? SettingLevel.DEFAULT),
    ...(explicitValue !== undefined && { explicitValue }),
    defaultValue: definition?.defaultValue ?? "",
    ...(definition?.minimum !== undefined && { minimum: definition.minimum }),
    ...(definition?.maximum !== undefined && { maximum: definition.maximum }),
  };
}
