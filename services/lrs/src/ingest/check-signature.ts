import { X509Certificate } from "node:crypto";
import { isSignedStatement } from "@coursemesh/xapi/check-signature.ts";
import { readJson } from "@coursemesh/xapi/read-json.ts";
import { SIGNATURE_ALGORITHMS } from "@coursemesh/xapi/signature.ts";
import type { Statement } from "@coursemesh/xapi/statement.ts";
import { validateStatement } from "@coursemesh/xapi/validate-statement.ts";
import type { XapiVersion } from "@coursemesh/xapi/version.ts";
import { compactVerify, decodeProtectedHeader } from "jose";

/**
 * Checks a statement's signature, a JWS in compact form (1.0.3 Data 2.6): its algorithm, that its payload is this statement under its id, and by the first
 * certificate of `x5c`, where there is one, that it was signed by it. Whether the certificate is to be trusted is for whoever reads.
 * Answers what is wrong, undefined for nothing.
 */
export async function signatureProblem(
  statement: Statement,
  signature: Uint8Array,
  version: XapiVersion,
): Promise<string | undefined> {
  const jws = Buffer.from(signature).toString("latin1").trim();
  const header = headerOf(jws);
  const payload = jws.split(".")[1];
  if (header === undefined || payload === undefined) return "is no JSON web signature in compact form";
  if (!SIGNATURE_ALGORITHMS.includes(String(header.alg))) return `has the algorithm ${String(header.alg)}`;
  const read = readJson(Buffer.from(payload, "base64url").toString());
  if ("finding" in read || validateStatement(read.value, version).length > 0)
    return "has a payload that is no statement";
  if (!isSignedStatement(read.value as Statement, statement)) return "has another statement as payload";
  const { x5c } = header;
  if (x5c === undefined) return undefined;
  const [certificate] = Array.isArray(x5c) ? x5c : [];
  return (await signedBy(jws, String(certificate))) ? undefined : "was not made with the key of its certificate";
}

function headerOf(jws: string): ReturnType<typeof decodeProtectedHeader> | undefined {
  try {
    return jws.split(".").length === 3 ? decodeProtectedHeader(jws) : undefined;
  } catch {
    return undefined;
  }
}

async function signedBy(jws: string, certificate: string): Promise<boolean> {
  try {
    const { publicKey } = new X509Certificate(Buffer.from(certificate, "base64"));
    await compactVerify(jws, publicKey, { algorithms: [...SIGNATURE_ALGORITHMS] });
    return true;
  } catch {
    return false;
  }
}
