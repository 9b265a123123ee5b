import { LaunchEnd, type LaunchMode } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";

/** One opening of the player. Its token's hashes are in `launch_token`. */
export const LaunchEntity = defineEntity({
  name: "Launch",
  tableName: "launch",
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    registrationId: p.uuid(),
    instanceId: p.uuid(),
    requestId: p.uuid(),
    requestHash: p.blob(),
    mode: p.smallint().$type<LaunchMode>(),
    untracked: p.boolean(),
    terms: p.text(),
    courseVersionId: p.uuid(),
    packageId: p.uuid(),
    returnUrl: p.text(),
    locale: p.text(),
    frameAncestors: p.array().default([]),
    userAgent: p.text().default(""),
    createdBy: p.text(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    openedAt: p.datetime().nullable(),
    activeAt: p.datetime().nullable(),
    endedAt: p.datetime().nullable(),
    endKind: p.smallint().$type<LaunchEnd>().default(LaunchEnd.UNSPECIFIED),
    epoch: p.integer().default(0),
    lastSeq: p.integer().default(0),
  },
});

export type LaunchRow = InferEntity<typeof LaunchEntity>;
