import { jwtVerify, SignJWT } from "jose";
import { JOSEError, JWSSignatureVerificationFailed } from "jose/errors";
import type { SigningKeys } from "./signing-keys.ts";

/** What an access token says. */
export interface AccessClaims {
  readonly personId: string;
  readonly sessionId: string;
  /** Empty when the person acts in no organization. */
  readonly organizationId: string;
}

/** Makes and checks access tokens: JWTs by EdDSA. */
export interface AccessTokens {
  sign(claims: AccessClaims): Promise<{ readonly token: string; readonly expiresAt: Date }>;
  /** The claims of a token of ours that has not expired, otherwise undefined. */
  verify(token: string): Promise<(AccessClaims & { readonly expiresAt: Date }) | undefined>;
}

const ISSUER = "coursemesh";

export function accessTokens(keys: SigningKeys, lifeSeconds: number, now: () => Date): AccessTokens {
  return {
    async sign({ personId, sessionId, organizationId }) {
      const { id, privateKey } = await keys.current();
      const issued = Math.floor(now().getTime() / 1000);
      const token = await new SignJWT({ sid: sessionId, org: organizationId })
        .setProtectedHeader({ alg: "EdDSA", kid: id, typ: "at+jwt" })
        .setIssuer(ISSUER)
        .setAudience(ISSUER)
        .setSubject(personId)
        .setIssuedAt(issued)
        .setExpirationTime(issued + lifeSeconds)
        .sign(privateKey);
      return { token, expiresAt: new Date((issued + lifeSeconds) * 1000) };
    },
    async verify(token) {
      try {
        const { payload } = await jwtVerify(
          token,
          async ({ kid }) => {
            const key = kid === undefined ? undefined : await keys.find(kid);
            if (key === undefined) throw new JWSSignatureVerificationFailed();
            return key;
          },
          { algorithms: ["EdDSA"], typ: "at+jwt", issuer: ISSUER, audience: ISSUER, currentDate: now() },
        );
        const { sub, sid, org, exp } = payload;
        if (sub === undefined || typeof sid !== "string" || typeof org !== "string" || exp === undefined)
          return undefined;
        return { personId: sub, sessionId: sid, organizationId: org, expiresAt: new Date(exp * 1000) };
      } catch (error) {
        if (error instanceof JOSEError) return undefined;
        throw error;
      }
    },
  };
}
