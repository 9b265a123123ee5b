import { type Timestamp, timestampMs } from "@bufbuild/protobuf/wkt";
import { SessionViewService } from "@coursemesh/proto/coursemesh/web/v1/session_view_pb.ts";
import { fastifyCookie } from "@fastify/cookie";

/** Name of the cookie with the refresh token. */
export const REFRESH_COOKIE = "coursemesh_refresh";

/** Browsers send it to these RPCs only. */
const PATH = `/rpc/${SessionViewService.typeName}`;

/** The refresh token of a request; undefined when there is none. */
export function readRefreshCookie(header: Headers): string | undefined {
  return fastifyCookie.parse(header.get("cookie") ?? "")[REFRESH_COOKIE] || undefined;
}

/** `Set-Cookie` that keeps a refresh token out of reach of scripts and of other sites. */
export function refreshCookie(token: string, expires: Timestamp | undefined, secure: boolean): string {
  return fastifyCookie.serialize(REFRESH_COOKIE, token, {
    path: PATH,
    httpOnly: true,
    sameSite: "strict",
    secure,
    ...(expires && { expires: new Date(timestampMs(expires)) }),
  });
}

/** `Set-Cookie` that removes it. */
export function clearedRefreshCookie(secure: boolean): string {
  return fastifyCookie.serialize(REFRESH_COOKIE, "", {
    path: PATH,
    httpOnly: true,
    sameSite: "strict",
    secure,
    expires: new Date(0),
  });
}
