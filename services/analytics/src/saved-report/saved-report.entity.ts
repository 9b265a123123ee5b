import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";

export const SavedReportEntity = defineEntity({
  name: "SavedReport",
  tableName: "saved_report",
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    name: p.text(),
    description: p.text(),
    question: p.blob().$type<Buffer>(),
    view: p.text(),
    shared: p.boolean(),
    ownerId: p.text(),
    requestId: p.uuid(),
    requestHash: p.text(),
    version: p.integer(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

/** A report that somebody keeps. */
export type SavedReportRow = InferEntity<typeof SavedReportEntity>;
