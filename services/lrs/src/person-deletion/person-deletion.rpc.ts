import { createHash } from "node:crypto";
import { create } from "@bufbuild/protobuf";
import { timestampDate, timestampFromDate } from "@bufbuild/protobuf/wkt";
import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { requestIdReused } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import { requestHash } from "@coursemesh/platform/rpc/request-hash.ts";
import {
  CreatePersonDeletionRequestSchema,
  type PersonDeletion,
  PersonDeletionSchema,
  type PersonDeletionService,
} from "@coursemesh/proto/coursemesh/lrs/v1/person_deletion_pb.ts";
import { readAgentKey } from "../agent/read-agent.ts";
import type { PersonDeletionRepository, PersonDeletionRow } from "./person-deletion.repository.ts";

/** PersonDeletionService. */
export function personDeletionRpc(
  deletions: PersonDeletionRepository,
  now: () => Date,
): ServiceImpl<typeof PersonDeletionService> {
  return {
    async createPersonDeletion(request, context) {
      const agents = [...new Set(request.agentsJson.map(readAgentKey))];
      const hash = requestHash(CreatePersonDeletionRequestSchema, request);
      const at = now();
      const row = await deletions.insert({
        id: uuidV7(at.getTime()),
        tenant_id: organizationOf(context),
        agent_hashes: agents.map((agent) => createHash("sha256").update(agent).digest("hex")),
        agents,
        related: request.related,
        dry_run: request.dryRun,
        request_id: request.requestId,
        request_hash: hash,
        created_at: at,
        start_at: request.startTime ? timestampDate(request.startTime) : at,
      });
      if (row.request_hash !== hash) throw requestIdReused(request.requestId);
      return { personDeletion: toPersonDeletion(row) };
    },

    async getPersonDeletion({ id }, context) {
      return { personDeletion: toPersonDeletion(await deletions.require(organizationOf(context), id)) };
    },

    async listPersonDeletions({ page }, context) {
      const tenantId = organizationOf(context);
      const list = `person deletions of ${tenantId}`;
      const start = readPageRequest(page, list);
      const found = await deletions.list(tenantId, start);
      const { rows, nextPageToken } = cutPage(found, start, list, ({ id }) => [id]);
      const total = page?.withTotal ? { total: await deletions.count(tenantId) } : {};
      return { personDeletions: rows.map(toPersonDeletion), page: { nextPageToken, ...total } };
    },

    async cancelPersonDeletion({ id }, context) {
      return { personDeletion: toPersonDeletion(await deletions.cancel(organizationOf(context), id, now())) };
    },
  };
}

function toPersonDeletion(row: PersonDeletionRow): PersonDeletion {
  return create(PersonDeletionSchema, {
    id: row.id,
    agentHashes: [...row.agent_hashes],
    dryRun: row.dry_run,
    state: row.state,
    statementCount: BigInt(row.statement_count),
    documentCount: BigInt(row.document_count),
    attachmentCount: BigInt(row.attachment_count),
    createTime: timestampFromDate(row.created_at),
    startTime: timestampFromDate(row.start_at),
    ...(row.ended_at && { endTime: timestampFromDate(row.ended_at) }),
    error: row.error,
  });
}
