import { type Timestamp, timestampMs } from "@bufbuild/protobuf/wkt";
import { SessionViewService } from "@coursemesh/proto/coursemesh/web/v1/session_view_pb.ts";

/** Name of the cookie with the refresh token. */
const REFRESH_COOKIE = "coursemesh_refresh";

/** Browsers send it to these RPCs only. */
const PATH = `/rpc/${SessionViewService.typeName}`;

/** The refresh token of a request; undefined when there is none. */
export function readRefreshCookie(header: Headers): string | undefined {
  for (const pair of (header.get("cookie") ?? "").split(";")) {
    const [name, value = ""] = pair.trim().split("=", 2);
    if (name === REFRESH_COOKIE && value !== "") return decoded(value);
  }
  return undefined;
}

/** `Set-Cookie` that keeps a refresh token out of reach of scripts and of other sites. */
export function refreshCookie(token: string, expires: Timestamp | undefined, secure: boolean): string {
  return setCookie(token, expires && new Date(timestampMs(expires)), secure);
}

/** `Set-Cookie` that removes it. */
export function clearedRefreshCookie(secure: boolean): string {
  return setCookie("", new Date(0), secure);
}

function setCookie(value: string, expires: Date | undefined, secure: boolean): string {
  const parts = [`${REFRESH_COOKIE}=${encodeURIComponent(value)}`, `Path=${PATH}`, "HttpOnly", "SameSite=Strict"];
  if (expires) parts.push(`Expires=${expires.toUTCString()}`);
  if (secure) parts.push("Secure");
  return parts.join("; ");
}

function decoded(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
