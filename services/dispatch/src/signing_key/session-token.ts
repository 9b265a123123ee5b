import { z } from "zod";
import { isSameHash, keyedHash } from "./keyed-hash.ts";
import type { OpenedKey, SigningKeys } from "./signing-keys.ts";

/** What a session token stands for. */
export interface SessionClaims {
  readonly organizationId: string;
  /** Of `launch_exchange`. */
  readonly exchangeId: string;
  readonly externalSessionId: string;
  readonly dispatchId: string;
}

/** Claims of a token that was checked, with the key it was made with. */
export interface VerifiedSession extends SessionClaims {
  readonly key: OpenedKey;
}

const PREFIX = "cms1";
/** A page may stay open for days, and reports what is left when it comes back. */
const LIFETIME_MS = 30 * 24 * 60 * 60 * 1000;
const payloadSchema = z.object({ o: z.uuid(), x: z.uuid(), s: z.uuid(), d: z.uuid(), e: z.int() });

/** `cms1.{key id}.{payload}.{hash}`: authorizes receipts and callbacks of one launch for 30 days. Whether the session was revoked is looked up. */
export function sessionToken(key: OpenedKey, claims: SessionClaims, now: Date): string {
  const { organizationId: o, exchangeId: x, externalSessionId: s, dispatchId: d } = claims;
  const e = Math.floor((now.getTime() + LIFETIME_MS) / 1000);
  const payload = Buffer.from(JSON.stringify({ o, x, s, d, e })).toString("base64url");
  return `${PREFIX}.${key.id}.${payload}.${keyedHash(key.key, "session", payload).toString("base64url")}`;
}

/** Claims of a token; undefined when it is damaged, too old, or made with a key that is revoked, unknown or another organization's. */
export async function readSessionToken(
  keys: SigningKeys,
  token: string,
  now: Date,
): Promise<VerifiedSession | undefined> {
  const [prefix, keyId = "", payload = "", hash = "", ...rest] = token.split(".");
  if (prefix !== PREFIX || rest.length > 0) return undefined;
  const key = await keys.byId(keyId);
  if (!key || !isSameHash(hash, keyedHash(key.key, "session", payload))) return undefined;
  const { o, x, s, d, e } = payloadSchema.parse(JSON.parse(Buffer.from(payload, "base64url").toString()));
  if (o !== key.tenantId || e * 1000 <= now.getTime()) return undefined;
  return { organizationId: o, exchangeId: x, externalSessionId: s, dispatchId: d, key };
}
