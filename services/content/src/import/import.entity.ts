import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";

/** Names of coursemesh.content.v1.ImportState as the database has them. */
export type ImportStateName = "queued" | "fetching" | "reading" | "publishing" | "complete" | "failed" | "canceled";

/** States from which nothing follows. */
export const ENDED: readonly ImportStateName[] = ["complete", "failed", "canceled"];

/** One import: what was asked, how far it is, and what came of it. */
export const ImportEntity = defineEntity({
  name: "Import",
  tableName: "import",
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    requestId: p.uuid(),
    requestHash: p.text(),
    state: p.text().$type<ImportStateName>(),
    source: p.text(),
    uploadId: p.uuid().nullable(),
    fetchUrl: p.text().nullable(),
    courseId: p.uuid().nullable(),
    externalId: p.text(),
    mayAddVersion: p.boolean(),
    title: p.text(),
    tags: p.json<string[]>(),
    note: p.text(),
    callbackUrl: p.text(),
    bytesDone: p.bigint("number"),
    bytesTotal: p.bigint("number"),
    filesDone: p.integer(),
    filesTotal: p.integer(),
    /** JSON of `ImportReport`. */
    report: p.text().nullable(),
    packageId: p.uuid(),
    madeCourseId: p.uuid().nullable(),
    courseVersionId: p.uuid().nullable(),
    errorMessage: p.text(),
    errorReason: p.text(),
    revision: p.integer(),
    attempts: p.integer(),
    cancelRequested: p.boolean(),
    leaseOwner: p.uuid().nullable(),
    leaseUntil: p.datetime().nullable(),
    createTime: p.datetime(),
    endTime: p.datetime().nullable(),
    createdBy: p.text(),
  },
});

export type ImportRow = InferEntity<typeof ImportEntity>;
