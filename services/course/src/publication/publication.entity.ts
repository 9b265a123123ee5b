import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";

export const PublicationEntity = defineEntity({
  name: "Publication",
  tableName: "publication",
  properties: {
    tenantId: p.uuid().primary(),
    requestId: p.uuid().primary(),
    requestHash: p.text(),
    courseId: p.uuid(),
    courseVersionId: p.uuid(),
    courseCreated: p.boolean(),
    createdAt: p.datetime(),
  },
});

/** What a request to publish a package made. */
export type PublicationRow = InferEntity<typeof PublicationEntity>;
