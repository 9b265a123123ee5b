import type { MessageInitShape } from "@bufbuild/protobuf";
import type {
  CredentialLimit,
  CredentialLimitSchema,
} from "@coursemesh/proto/coursemesh/lrs/v1/credential_limit_pb.ts";
import type { KeyLimitView, KeyLimitViewSchema } from "@coursemesh/proto/coursemesh/web/v1/lrs_connection_view_pb.ts";
import { textOfVersion, versionOfText } from "./xapi-version-text.ts";

export function toKeyLimitView(limit: CredentialLimit): MessageInitShape<typeof KeyLimitViewSchema> {
  const { requestsPerMinute, statementsPerMinute, batchSize, allowedVerbs, authorityJson, etag } = limit;
  const defaultVersion = textOfVersion(limit.defaultVersion);
  return { requestsPerMinute, statementsPerMinute, batchSize, allowedVerbs, defaultVersion, authorityJson, etag };
}

/** @throws FIELD_INVALID for a version that is none */
export function toCredentialLimit(
  apiKeyId: string,
  limit: KeyLimitView | undefined,
): MessageInitShape<typeof CredentialLimitSchema> {
  if (limit === undefined) return { apiKeyId };
  const { requestsPerMinute, statementsPerMinute, batchSize, allowedVerbs, authorityJson, etag } = limit;
  const defaultVersion = versionOfText(limit.defaultVersion, "limit.default_version");
  return {
    apiKeyId,
    requestsPerMinute,
    statementsPerMinute,
    batchSize,
    allowedVerbs,
    defaultVersion,
    authorityJson,
    etag,
  };
}
