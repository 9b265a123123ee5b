import { type DescMessage, fromJson, type JsonValue, type MessageShape, toJson } from "@bufbuild/protobuf";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";

/**
 * A request's body as a message of the contract. Packages live long in customers' platforms, so fields that this version does not know are
 * passed over. @throws FIELD_INVALID
 */
export function readMessage<Desc extends DescMessage>(schema: Desc, body: unknown): MessageShape<Desc> {
  const text = body instanceof Uint8Array ? Buffer.from(body).toString() : "";
  let json: JsonValue;
  try {
    json = JSON.parse(text);
  } catch {
    throw fieldInvalid("body", "must be JSON");
  }
  try {
    return fromJson(schema, json, { ignoreUnknownFields: true });
  } catch {
    // What the library says may quote values, and these are people's names.
    throw fieldInvalid("body", "is not in the form asked for");
  }
}

/** A message of the contract as JSON, with the fields that have their default. */
export function messageJson<Desc extends DescMessage>(schema: Desc, message: MessageShape<Desc>): JsonValue {
  return toJson(schema, message, { alwaysEmitImplicit: true });
}
