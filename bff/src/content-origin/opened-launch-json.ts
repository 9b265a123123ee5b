import { toJsonString } from "@bufbuild/protobuf";
import { LaunchSchema } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import type { OpenLaunchResponse } from "@coursemesh/proto/coursemesh/runtime/v1/player_pb.ts";
import { type Result, ResultSchema } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";

const OPTIONS = { alwaysEmitImplicit: true } as const;

/**
 * An opened launch as JSON for the player. Outline, context and state are JSON already and go through letter by letter: courses write
 * strings that parsing and writing again would change.
 */
export function openedLaunchJson(opened: OpenLaunchResponse): string {
  const { launch, outlineJson, contextJson, stateJson, result } = opened;
  const { courseTitle, settings, acknowledgedSeq, returnUrl, locale, organizationName } = opened;
  const plain = JSON.stringify({ courseTitle, settings, acknowledgedSeq, returnUrl, locale, organizationName });
  const parts = {
    launch: launch ? toJsonString(LaunchSchema, launch, OPTIONS) : "null",
    outline: outlineJson || "null",
    context: contextJson || "null",
    state: stateJson || "null",
    result: resultJson(result),
  };
  const passed = Object.entries(parts).map(([name, json]) => `"${name}":${json}`);
  return `{${passed.join(",")},${plain.slice(1)}`;
}

/** A result as JSON; `null` when there is none. */
export function resultJson(result: Result | undefined): string {
  return result ? toJsonString(ResultSchema, result, OPTIONS) : "null";
}
