import { FIRST_STATEMENT } from "../../lib/xapi/first-statement.ts";

const DAY = 86_400_000;

/** A key that nobody has used for this long is marked. */
export const UNUSED_DAYS = 90;

/** What the list says about a key, all times in milliseconds since the epoch. */
export function keyState(
  key: { readonly createTime: bigint; readonly expireTime: bigint; readonly lastUseTime: bigint },
  now: number,
): "expired" | "expiring" | "unused" | "active" {
  const expires = Number(key.expireTime);
  if (expires > 0 && expires <= now) return "expired";
  if (expires > 0 && expires - now < 14 * DAY) return "expiring";
  const last = Number(key.lastUseTime) || Number(key.createTime);
  return now - last > UNUSED_DAYS * DAY ? "unused" : "active";
}

/** A first call that runs unchanged, with the secret it was shown with, and that the key's scopes allow. */
export function curlExample(origin: string, id: string, secret: string, scopes: readonly string[]): string {
  const command = `curl -u '${id}:${secret}'`;
  if (scopes.includes("course:read")) return `${command} ${origin}/api/v2/courses`;
  const xapi = `${command} -H 'X-Experience-API-Version: 2.0.0'`;
  if (scopes.some((scope) => scope.startsWith("statement:read"))) return `${xapi} '${origin}/xapi/statements?limit=1'`;
  if (scopes.includes("statement:write"))
    return `${xapi} -H 'content-type: application/json' ${origin}/xapi/statements -d '${JSON.stringify(FIRST_STATEMENT)}'`;
  return `${command} ${origin}/api/v2/ping`;
}
