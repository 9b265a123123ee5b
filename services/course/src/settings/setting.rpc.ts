import { create } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { callerOf, organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { recordEvent } from "@coursemesh/platform/events/outbox.ts";
import { SettingsUpdatedSchema } from "@coursemesh/proto/coursemesh/course/v1/events_pb.ts";
import {
  type EffectiveSetting,
  SettingLevel,
  type SettingService,
  type UpdateSettingsRequest,
} from "@coursemesh/proto/coursemesh/course/v1/setting_pb.ts";
import type { EntityManager } from "@mikro-orm/postgresql";
import type { CourseParts } from "../course-parts.ts";
import { effectiveSettings } from "./effective-settings.ts";
import { toEffectiveSetting, toScope } from "./setting.mapper.ts";
import { type SettingChain, type SettingTarget, settingChain } from "./setting-chain.ts";
import { checkSettings } from "./setting-update.ts";
import { findSettingValues, writeSettings } from "./setting-value.repository.ts";

/** How courses launch, play, exit and roll up. */
export function settingRpc({ db, now }: CourseParts): ServiceImpl<typeof SettingService> {
  return {
    async listEffectiveSettings(request, context) {
      const tenantId = organizationOf(context);
      const em = db().tenant(tenantId);
      return { settings: await inForce(em, tenantId, await settingChain(em, tenantId, request)) };
    },

    async updateSettings(request, context) {
      const tenantId = organizationOf(context);
      const target = targetOf(request);
      const values = checkSettings(request.values, request.resets);
      const caller = callerOf(context);
      return db()
        .tenant(tenantId)
        .transactional(async (em) => {
          const chain = await settingChain(em, tenantId, target);
          const place = chain.places.at(-1);
          if (place === undefined) throw new Error("a chain of settings has no place");
          await writeSettings(em, tenantId, {
            place,
            values,
            resets: request.resets,
            courseId: chain.courseId,
            by: caller.displayName || caller.id,
            at: now(),
          });
          const settingIds = [...values.keys(), ...request.resets];
          const event = create(SettingsUpdatedSchema, { scope: toScope(place), settingIds });
          if (settingIds.length > 0) await recordEvent(em, tenantId, SettingsUpdatedSchema, event);
          return { settings: await inForce(em, tenantId, chain) };
        });
    },
  };
}

async function inForce(em: EntityManager, tenantId: string, chain: SettingChain): Promise<EffectiveSetting[]> {
  const values = await findSettingValues(em, tenantId, chain.places);
  return effectiveSettings(chain.places, values).map(toEffectiveSetting);
}

/** The place that an update names. @throws FIELD_INVALID */
function targetOf({ scope, courseId }: UpdateSettingsRequest): SettingTarget {
  const none = { courseId: "", courseVersionId: "", registrationId: "" };
  const id = scope?.id ?? "";
  if (scope?.level === SettingLevel.ORGANIZATION) {
    if (id !== "") throw fieldInvalid("scope.id", "must be empty at the level of the organization");
    return none;
  }
  if (id === "") throw fieldInvalid("scope.id", "is needed at this level");
  switch (scope?.level) {
    case SettingLevel.COURSE:
      if (courseId !== "" && courseId !== id) throw fieldInvalid("course_id", "is another course than the scope's");
      return { ...none, courseId: id };
    case SettingLevel.COURSE_VERSION:
      return { ...none, courseId, courseVersionId: id };
    case SettingLevel.REGISTRATION:
      return { ...none, courseId, registrationId: id };
    default:
      throw fieldInvalid("scope.level", "settings are set for an organization, course, course version or registration");
  }
}
