import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { type Upload, UploadSchema } from "@coursemesh/proto/coursemesh/content/v1/upload_pb.ts";
import type { UploadRow } from "./upload.entity.ts";

/** An upload as the contract shows it. */
export function toUpload(row: UploadRow): Upload {
  return create(UploadSchema, {
    id: row.id,
    filename: row.filename,
    sizeBytes: BigInt(row.sizeBytes),
    receivedBytes: BigInt(row.receivedBytes),
    complete: row.complete,
    createTime: timestampFromDate(row.createTime),
    expireTime: timestampFromDate(row.expireTime),
  });
}
