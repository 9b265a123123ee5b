/** What an `Authorization` header carries. */
export type Credentials =
  | { readonly kind: "key"; readonly id: string; readonly secret: string }
  | { readonly kind: "access token"; readonly token: string };

/** Reads `Basic …` (RFC 7617), `Bearer <access token>` and `Bearer id:secret` (RFC 6750). Undefined for anything else. */
export function readAuthorization(header: string): Credentials | undefined {
  const [, scheme, value] = /^(basic|bearer) +(\S+) *$/i.exec(header) ?? [];
  if (scheme === undefined || value === undefined) return undefined;
  if (scheme.toLowerCase() === "basic") return readKey(Buffer.from(value, "base64").toString("utf8"));
  return value.includes(":") ? readKey(value) : { kind: "access token", token: value };
}

function readKey(pair: string): Credentials | undefined {
  const colon = pair.indexOf(":");
  if (colon < 1) return undefined;
  return { kind: "key", id: pair.slice(0, colon), secret: pair.slice(colon + 1) };
}
