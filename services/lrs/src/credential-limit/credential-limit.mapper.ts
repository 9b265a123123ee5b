import { create } from "@bufbuild/protobuf";
import {
  type CredentialLimit,
  CredentialLimitSchema,
} from "@coursemesh/proto/coursemesh/lrs/v1/credential_limit_pb.ts";
import type { CredentialLimitRow } from "./credential-limit.entity.ts";

/** A key's limits as others see them. */
export function toCredentialLimit({ tenantId: _, version, ...row }: CredentialLimitRow): CredentialLimit {
  return create(CredentialLimitSchema, { ...row, etag: etagOf(version) });
}

/** The limits of a key that has none of its own. */
export function defaultLimit(apiKeyId: string): CredentialLimit {
  return create(CredentialLimitSchema, { apiKeyId });
}

export function etagOf(version: number): string {
  return `"${version}"`;
}
