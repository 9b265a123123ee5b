import type { XapiVersion } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";

export const CredentialLimitEntity = defineEntity({
  name: "CredentialLimit",
  tableName: "credential_limit",
  properties: {
    tenantId: p.uuid().primary(),
    apiKeyId: p.text().primary(),
    requestsPerMinute: p.integer(),
    statementsPerMinute: p.integer(),
    batchSize: p.integer(),
    allowedVerbs: p.array().$type<string[]>(),
    defaultVersion: p.smallint().$type<XapiVersion>(),
    authorityJson: p.text(),
    version: p.integer(),
  },
});

/** Limits of one key; 0 and empty stand for the defaults. */
export type CredentialLimitRow = InferEntity<typeof CredentialLimitEntity>;
