import { createHash } from "node:crypto";
import { type DescMessage, type MessageShape, toBinary } from "@bufbuild/protobuf";

/** What a request asks for, apart from its id: tells a repeated request from another one under the same id. */
export function requestHash<Desc extends DescMessage>(
  schema: Desc,
  request: MessageShape<Desc> & { requestId: string },
): Buffer {
  return createHash("sha256")
    .update(toBinary(schema, { ...request, requestId: "" }))
    .digest();
}
