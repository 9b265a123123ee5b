import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";

/** One learner in one course; what lists filter by is repeated from the current instance. */
export const RegistrationEntity = defineEntity({
  name: "Registration",
  tableName: "registration",
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    externalId: p.text(),
    courseId: p.uuid(),
    /** Null for previews, which belong to nobody. */
    learnerId: p.uuid().nullable(),
    source: p.text(),
    tags: p.array(),
    preview: p.boolean().default(false),
    instanceId: p.uuid(),
    instanceCount: p.integer().default(1),
    courseVersionId: p.uuid(),
    completion: p.smallint().$type<Completion>().default(Completion.NOT_ATTEMPTED),
    success: p.smallint().$type<Success>().default(Success.UNKNOWN),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
    firstLaunchedAt: p.datetime().nullable(),
    lastLaunchedAt: p.datetime().nullable(),
    requestId: p.uuid(),
    requestHash: p.blob(),
  },
});

export type RegistrationRow = InferEntity<typeof RegistrationEntity>;
