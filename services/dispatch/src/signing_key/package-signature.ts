import type { PackageFormat } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import { isSameHash, keyedHash } from "./keyed-hash.ts";
import type { OpenedKey, SigningKeys } from "./signing-keys.ts";

/** What a package's signature stands for. */
export interface SignedPackage {
  readonly dispatchId: string;
  readonly packageId: string;
  readonly format: PackageFormat;
}

const PREFIX = "cmp1";

/** `cmp1.{key id}.{hash}`: in every package. It proves that we made the package; it is no secret and opens nothing by itself. */
export function packageSignature(key: OpenedKey, signed: SignedPackage): string {
  return `${PREFIX}.${key.id}.${hashOf(key, signed).toString("base64url")}`;
}

/** The key a signature was made with; undefined when it belongs to another package, was changed, or its key is revoked or unknown. */
export async function verifyPackageSignature(
  keys: SigningKeys,
  signature: string,
  signed: SignedPackage,
): Promise<OpenedKey | undefined> {
  const [prefix, keyId = "", hash = "", ...rest] = signature.split(".");
  if (prefix !== PREFIX || rest.length > 0) return undefined;
  const key = await keys.byId(keyId);
  return key && isSameHash(hash, hashOf(key, signed)) ? key : undefined;
}

function hashOf({ key }: OpenedKey, { dispatchId, packageId, format }: SignedPackage): Buffer {
  return keyedHash(key, "package", dispatchId, packageId, String(format));
}
