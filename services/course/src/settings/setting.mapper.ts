import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  type EffectiveSetting,
  EffectiveSettingSchema,
  type SettingDefinitionSchema,
  SettingLevel,
  SettingType,
} from "@coursemesh/proto/coursemesh/course/v1/setting_pb.ts";
import type { EffectiveValue, SettingPlace } from "./effective-settings.ts";
import type { SettingDefinition } from "./setting-definition.ts";

const types = { boolean: SettingType.BOOLEAN, choice: SettingType.CHOICE, number: SettingType.NUMBER } as const;

export function toEffectiveSetting({ definition, value, source, explicit }: EffectiveValue): EffectiveSetting {
  return create(EffectiveSettingSchema, {
    definition: toDefinition(definition),
    value,
    source: source ? toScope(source) : { level: SettingLevel.DEFAULT },
    ...(explicit !== undefined && { explicitValue: explicit }),
  });
}

/** The organization's own scope has no id in the contract. */
export function toScope({ level, scopeId }: SettingPlace): { level: SettingLevel; id: string } {
  return { level, id: level === SettingLevel.ORGANIZATION ? "" : scopeId };
}

function toDefinition(definition: SettingDefinition): MessageInitShape<typeof SettingDefinitionSchema> {
  return {
    id: definition.id,
    group: definition.group,
    type: types[definition.type],
    defaultValue: String(definition.default),
    ...(definition.type === "choice" && { choices: [...definition.choices] }),
    ...(definition.type === "number" && { minimum: definition.minimum, maximum: definition.maximum }),
  };
}
