import type { SettingLevel } from "@coursemesh/proto/coursemesh/course/v1/setting_pb.ts";
import { readSettingValue, type SettingDefinition } from "./setting-definition.ts";
import { settingDefinitions } from "./setting-definitions.ts";

/** A place that settings are set at. */
export interface SettingPlace {
  readonly level: SettingLevel;
  readonly scopeId: string;
}

/** What is set at one place. */
export interface PlacedValue extends SettingPlace {
  readonly settingId: string;
  readonly value: string;
}

/** One setting as it applies at the nearest place of a chain. */
export interface EffectiveValue {
  readonly definition: SettingDefinition;
  readonly value: string;
  /** Undefined: the default. */
  readonly source: SettingPlace | undefined;
  /** What is set at the nearest place itself. */
  readonly explicit: string | undefined;
}

/**
 * Every setting with the value of the place nearest to the learner that sets it. A stored value that its setting can no longer have is
 * passed over, so that a choice can be retired without touching what people set.
 * @param chain places from farthest to nearest
 */
export function effectiveSettings(chain: readonly SettingPlace[], values: readonly PlacedValue[]): EffectiveValue[] {
  const nearestFirst = chain.toReversed();
  return settingDefinitions.map((definition: SettingDefinition) => {
    const at = (place: SettingPlace): string | undefined => {
      const placed = values.find(
        (it) => it.settingId === definition.id && it.level === place.level && it.scopeId === place.scopeId,
      );
      return placed && readSettingValue(definition, placed.value);
    };
    const source = nearestFirst.find((place) => at(place) !== undefined);
    const [nearest] = nearestFirst;
    return {
      definition,
      value: (source && at(source)) ?? String(definition.default),
      source,
      explicit: nearest && at(nearest),
    };
  });
}
