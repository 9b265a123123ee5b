import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";

export const DeadLetterEntity = defineEntity({
  name: "DeadLetter",
  tableName: "dead_letter",
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    pipeId: p.uuid(),
    statementId: p.uuid(),
    httpStatus: p.integer(),
    error: p.text(),
    retry: p.boolean(),
    refusedAt: p.datetime(),
  },
});

/** A statement that a target refused. */
export type DeadLetterRow = InferEntity<typeof DeadLetterEntity>;
