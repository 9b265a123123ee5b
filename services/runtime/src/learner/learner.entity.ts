import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";

/** A person who takes courses, known by the caller's own id. */
export const LearnerEntity = defineEntity({
  name: "Learner",
  tableName: "learner",
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    externalId: p.text(),
    firstName: p.text(),
    lastName: p.text(),
    email: p.text(),
    createdAt: p.datetime(),
    activeAt: p.datetime(),
  },
});

export type LearnerRow = InferEntity<typeof LearnerEntity>;
