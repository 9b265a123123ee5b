import { createHash } from "node:crypto";
import { create, type DescMessage, type MessageShape, toBinary } from "@bufbuild/protobuf";

/**
 * Tells whether a request that comes again under the same `request_id` asks for the same. SHA-256 in hex of the whole message.
 * @param without fields that may differ, for instance secrets that must not leave a trace.
 */
export function requestHash<Desc extends DescMessage>(
  schema: Desc,
  request: MessageShape<Desc>,
  without: readonly (keyof MessageShape<Desc> & string)[] = [],
): string {
  const copy = create(schema);
  const kept = Object.entries(request).filter(([field]) => field !== "$unknown" && !without.some((it) => it === field));
  Object.assign(copy, Object.fromEntries(kept));
  return createHash("sha256").update(toBinary(schema, copy)).digest("hex");
}
