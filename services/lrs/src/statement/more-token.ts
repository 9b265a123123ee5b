import { createHmac, timingSafeEqual } from "node:crypto";
import type { Caller } from "@coursemesh/proto/coursemesh/auth/v1/access_pb.ts";
import { moreTokenInvalid } from "../errors.ts";

/** Makes and reads tokens that carry a value to their caller and back. */
export interface TokenSeal {
  seal(caller: Caller, value: unknown): string;
  /** @throws MORE_TOKEN_INVALID when it is damaged, too old, of another caller or of another organization */
  open(caller: Caller, token: string): unknown;
}

const GOOD_FOR_MS = 24 * 60 * 60 * 1000;
const MAC_BYTES = 16;

/** @param purpose tokens of one purpose are not taken for another. */
export function tokenSeal(secret: string, purpose: string, now: () => Date): TokenSeal {
  const macOf = ({ organizationId, kind, id }: Caller, payload: string): Buffer =>
    createHmac("sha256", secret)
      .update(JSON.stringify([purpose, organizationId, kind, id, payload]))
      .digest()
      .subarray(0, MAC_BYTES);
  return {
    seal(caller, value) {
      const payload = Buffer.from(JSON.stringify([now().getTime(), value])).toString("base64url");
      return `${payload}.${macOf(caller, payload).toString("base64url")}`;
    },
    open(caller, token) {
      const [payload = "", mac = ""] = token.split(".");
      const given = Buffer.from(mac, "base64url");
      const expected = macOf(caller, payload);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw moreTokenInvalid();
      const [made, value] = JSON.parse(Buffer.from(payload, "base64url").toString()) as [number, unknown];
      if (now().getTime() - made > GOOD_FOR_MS) throw moreTokenInvalid({}, "the token is more than a day old");
      return value;
    },
  };
}
