import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";

/** One try of a registration on one course version, with its result and where its journal stands. */
export const InstanceEntity = defineEntity({
  name: "Instance",
  tableName: "instance",
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    registrationId: p.uuid(),
    number: p.integer(),
    courseVersionId: p.uuid(),
    packageId: p.uuid(),
    requestId: p.uuid(),
    createdAt: p.datetime(),
    completedAt: p.datetime().nullable(),
    launchCount: p.integer().default(0),
    completion: p.smallint().$type<Completion>().default(Completion.NOT_ATTEMPTED),
    success: p.smallint().$type<Success>().default(Success.UNKNOWN),
    scoreScaled: p.float().nullable(),
    scoreRaw: p.float().nullable(),
    scoreMin: p.float().nullable(),
    scoreMax: p.float().nullable(),
    totalSeconds: p.float().default(0),
    progress: p.float().default(0),
    firstAccessAt: p.datetime().nullable(),
    lastAccessAt: p.datetime().nullable(),
    leaseLaunchId: p.uuid().nullable(),
    leaseEpoch: p.integer().default(0),
    foldedLaunchId: p.uuid().nullable(),
    foldedSeq: p.integer().default(0),
    foldedEpoch: p.integer().default(0),
    currentActivity: p.text().default(""),
    version: p.bigint("number").default(0),
  },
});

export type InstanceRow = InferEntity<typeof InstanceEntity>;
