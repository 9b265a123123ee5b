import { Code, type ConnectError } from "@connectrpc/connect";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";
import { XapiVersion } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";

/** Header of requests and answers. */
export const VERSION_HEADER = "x-experience-api-version";

/** The latest patch of each version. */
const PATCH_1 = "1.0.3";
const PATCH_2 = "2.0.0";

/**
 * The version of an answer to a request that names none. The two editions of the conformance suite each demand a version of their own
 * there, or one from before 1.0; only the last holds for both.
 */
export const VERSION_OF_NO_VERSION = "0.95";

/** The version an answer names. */
export function versionName(version: XapiVersion | undefined): string {
  return version === XapiVersion.V1_0_3 ? PATCH_1 : PATCH_2;
}

/** Reads a header's text: 1.0 and 1.0.x are 1.0.3, 2.0 and 2.0.x are 2.0.0, everything else is undefined. */
export function readVersion(text: string | undefined): XapiVersion | undefined {
  if (text === undefined) return undefined;
  if (/^1\.0(\.\d+)?$/.test(text)) return XapiVersion.V1_0_3;
  if (/^2\.0(\.\d+)?$/.test(text)) return XapiVersion.V2_0_0;
  return undefined;
}

/** XAPI-00331: neither a 1.0.x nor a 2.0.x. @param text what the request said, undefined for nothing. */
export function versionUnsupported(text: string | undefined): ConnectError {
  const said = text === undefined ? "this header is missing" : `version ${text.slice(0, 20)} is not supported`;
  return serviceError(Code.InvalidArgument, "VERSION_UNSUPPORTED", `${said}; it must be 1.0.x or 2.0.x`, {
    path: "X-Experience-API-Version",
    requirement: "XAPI-00331",
    version: text?.slice(0, 20) ?? "",
    supported: `${PATCH_1}, ${PATCH_2}`,
  });
}
