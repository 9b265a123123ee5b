import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { seal, unseal } from "@coursemesh/platform/secrets/seal.ts";

/** What is read in place of a value; written, it keeps the value that is there. */
export const MASK = "••••••••";

const NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/;
/** Fields that say how a request is carried or who signed it. */
const OURS =
  /^(host|content-(length|type|encoding)|transfer-encoding|connection|upgrade|te|trailer|expect|user-agent|webhook-.*)$/i;
const MOST = 30;

/** Seals header fields of an endpoint. @param before sealed values that a mask stands for. @throws FIELD_INVALID */
export function sealHeaders(key: Buffer, headers: Readonly<Record<string, string>>, before = ""): string {
  const known = openHeaders(key, before);
  const entries = Object.entries(headers);
  if (entries.length > MOST) throw fieldInvalid("endpoint.headers", `must be at most ${MOST}`);
  if (entries.length === 0) return "";
  const kept = entries.map(([name, value]) => {
    const field = `endpoint.headers[${name}]`;
    if (!NAME.test(name)) throw fieldInvalid(field, "is no name of a header field");
    if (OURS.test(name)) throw fieldInvalid(field, "is set by the sender");
    const actual = value === MASK ? known[name] : value;
    if (actual === undefined) throw fieldInvalid(field, "has no value yet");
    if (!/^[\t\x20-\x7e\x80-\xff]{0,4000}$/.test(actual))
      throw fieldInvalid(field, "has characters that no header field may have");
    return [name, actual];
  });
  return seal(key, Buffer.from(JSON.stringify(Object.fromEntries(kept))));
}

/** Undoes {@link sealHeaders}; empty when the key is another one. */
export function openHeaders(key: Buffer, sealed: string): Record<string, string> {
  const text = sealed === "" ? undefined : unseal(key, sealed)?.toString();
  return text === undefined ? {} : JSON.parse(text);
}

/** The same fields without their values. */
export function maskedHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.keys(headers).map((name) => [name, MASK]));
}
