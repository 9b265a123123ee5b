import { createHash } from "node:crypto";
import { type Timestamp, timestampDate } from "@bufbuild/protobuf/wkt";
import {
  type AcceptCallbackRequest,
  CallbackKindSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/callback_pb.ts";
import type { HostResult } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";

/**
 * The text a callback is signed over: seven lines, `v1`, session token, sequence, kind, time, and the SHA-256 in hexadecimal of the result's
 * text and of the data model's JSON. Time and the result's line are empty when there is none. docs/dispatch.md has it for other languages.
 */
export function canonicalCallback(request: AcceptCallbackRequest): string {
  const { sessionToken, sequence, kind, time, result, cmiJson } = request;
  return [
    "v1",
    sessionToken,
    String(sequence),
    CallbackKindSchema.value[kind]?.localName ?? "",
    isoTime(time),
    result ? sha256(resultText(result)) : "",
    sha256(cmiJson),
  ].join("\n");
}

/** A result as JSON of an array, because fields of an object have no order. */
function resultText(result: HostResult): string {
  const { completion, success, scoreRaw, scoreMin, scoreMax, scoreScaled, totalSeconds, location, time } = result;
  const scores = [scoreRaw, scoreMin, scoreMax, scoreScaled].map((score) => score ?? null);
  return JSON.stringify([completion, success, ...scores, Number(totalSeconds), location, isoTime(time)]);
}

/** With milliseconds, as browsers write it. */
function isoTime(time: Timestamp | undefined): string {
  return time ? timestampDate(time).toISOString() : "";
}

function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
