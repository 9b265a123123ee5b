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

/** A first call that runs unchanged, with the secret it was shown with. */
export function curlExample(origin: string, id: string, secret: string): string {
  return `curl -u '${id}:${secret}' ${origin}/api/v2/courses`;
}
