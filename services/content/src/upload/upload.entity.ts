import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";

/** A file that is arriving or has arrived; its bytes lie in the upload folder. */
export const UploadEntity = defineEntity({
  name: "Upload",
  tableName: "upload",
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    requestId: p.uuid(),
    requestHash: p.text(),
    filename: p.text(),
    sizeBytes: p.bigint("number"),
    receivedBytes: p.bigint("number"),
    complete: p.boolean(),
    writer: p.uuid().nullable(),
    createTime: p.datetime(),
    expireTime: p.datetime(),
  },
});

export type UploadRow = InferEntity<typeof UploadEntity>;
