import { hash, randomBytes } from "node:crypto";

/** A secret that opens one launch, for its address. Only its hash is kept. */
export interface LaunchToken {
  readonly token: string;
  readonly hash: Buffer;
}

export function newLaunchToken(): LaunchToken {
  const token = randomBytes(32).toString("base64url");
  return { token, hash: hashOfToken(token) };
}

/** SHA-256; enough for a secret of 256 random bits. */
export function hashOfToken(token: string): Buffer {
  return hash("sha256", token, "buffer");
}

/**
 * Address of a launch on the content origin.
 * @param contentUrl the origin, with `{version}` where each course version has an origin of its own; without dashes the id is one DNS label.
 */
export function launchUrl(contentUrl: string, courseVersionId: string, token: string): string {
  const origin = contentUrl.replace("{version}", courseVersionId.replaceAll("-", "")).replace(/\/+$/, "");
  return `${origin}/l/${token}/`;
}
