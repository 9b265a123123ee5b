import type { PipeStatus } from "@coursemesh/proto/coursemesh/lrs/v1/pipe_pb.ts";
import type { XapiVersion } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { defineEntity, type InferEntity, p } from "@mikro-orm/postgresql";

/** What people see and change of a pipe; the runs' leases are in plain SQL (pipe-lease.ts). */
export const PipeEntity = defineEntity({
  name: "Pipe",
  tableName: "pipe",
  properties: {
    id: p.uuid().primary(),
    tenantId: p.uuid(),
    name: p.text(),
    targetUrl: p.text(),
    username: p.text(),
    sealedPassword: p.text(),
    xapiVersion: p.smallint().$type<XapiVersion>(),
    filter: p.blob().$type<Buffer>(),
    withAttachments: p.boolean(),
    batchSize: p.integer(),
    status: p.smallint().$type<PipeStatus>(),
    cursorPosition: p.bigint("number"),
    forwardedPosition: p.bigint("number"),
    forwardedCount: p.bigint("number"),
    failureCount: p.integer(),
    lastError: p.text(),
    lastAttemptAt: p.datetime().nullable(),
    nextAttemptAt: p.datetime(),
    leaseOwner: p.uuid().nullable(),
    requestId: p.uuid(),
    requestHash: p.text(),
    version: p.integer(),
    createdAt: p.datetime(),
    updatedAt: p.datetime(),
  },
});

export type PipeRow = InferEntity<typeof PipeEntity>;
