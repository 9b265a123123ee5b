import { Code } from "@connectrpc/connect";
import { serviceError } from "@coursemesh/platform/errors/service-error.ts";

/**
 * Refuses calls that use or set the cookie and come from a page of another site. `SameSite=Strict` says the same to the browser; this
 * holds also where a sibling host counts as the same site.
 * @param mayBeAbsent programs send no `Origin`; browsers always do on POST.
 * @throws PERMISSION_DENIED
 */
export function requireOwnOrigin(header: Headers, publicUrl: string, mayBeAbsent: boolean): void {
  const origin = header.get("origin");
  if (origin === null && mayBeAbsent) return;
  if (origin !== null && (origin === new URL(publicUrl).origin || hostOf(origin) === header.get("host"))) return;
  throw serviceError(Code.PermissionDenied, "PERMISSION_MISSING", "this call is only for pages of this installation", {
    permission: "origin",
  });
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
