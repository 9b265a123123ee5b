import { createHmac, timingSafeEqual } from "node:crypto";
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { type Caller, CallerSchema } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { LRUCache } from "lru-cache";

/** Header by which services tell each other who is calling. */
export const CALLER_HEADER = "x-coursemesh-caller";

const LIFETIME_SECONDS = 120;
/** A caller is signed again after this long, so that a signature in use always has time left. */
const RENEW_AFTER_SECONDS = 60;

/** Signs and checks who is calling, with a secret that all services of an installation share. */
export interface CallerSignature {
  /** The header's value for a caller. */
  sign(caller: Caller): string;
  /** The caller in a header's value; undefined when the signature is wrong or too old. */
  verify(header: string): Caller | undefined;
}

/** @param secret at least 32 characters. @param nowSeconds the clock, in seconds since the epoch. */
export function callerSignature(
  secret: string,
  nowSeconds: () => number = () => Math.floor(Date.now() / 1000),
): CallerSignature {
  const signed = new WeakMap<Caller, { header: string; renewAt: number }>();
  const verified = new LRUCache<string, { caller: Caller; expiresAt: number }>({ max: 5_000 });
  const macOf = (payload: string): Buffer => createHmac("sha256", secret).update(payload).digest();

  return {
    sign(caller) {
      const known = signed.get(caller);
      if (known && known.renewAt > nowSeconds()) return known.header;
      const expiresAt = nowSeconds() + LIFETIME_SECONDS;
      const payload = `${expiresAt.toString(36)}.${Buffer.from(toBinary(CallerSchema, caller)).toString("base64url")}`;
      const header = `${payload}.${macOf(payload).toString("base64url")}`;
      signed.set(caller, { header, renewAt: nowSeconds() + RENEW_AFTER_SECONDS });
      return header;
    },
    verify(header) {
      const known = verified.get(header);
      if (known) return known.expiresAt > nowSeconds() ? known.caller : undefined;
      const end = header.lastIndexOf(".");
      const payload = header.slice(0, end);
      const mac = Buffer.from(header.slice(end + 1), "base64url");
      const expected = macOf(payload);
      if (mac.length !== expected.length || !timingSafeEqual(mac, expected)) return undefined;
      const [expiry, body] = payload.split(".");
      const expiresAt = Number.parseInt(expiry ?? "", 36);
      if (!(expiresAt > nowSeconds())) return undefined;
      const caller = fromBinary(CallerSchema, Buffer.from(body ?? "", "base64url"));
      verified.set(header, { caller, expiresAt });
      return caller;
    },
  };
}
