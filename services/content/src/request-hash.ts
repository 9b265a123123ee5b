import { createHash } from "node:crypto";
import { type DescMessage, type MessageShape, toBinary } from "@bufbuild/protobuf";

/** Tells two creating requests with the same `request_id` apart. */
export function requestHash<Desc extends DescMessage>(schema: Desc, request: MessageShape<Desc>): string {
  return createHash("sha256").update(toBinary(schema, request)).digest("base64url");
}
