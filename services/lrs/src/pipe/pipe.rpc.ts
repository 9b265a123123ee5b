import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import type { Egress } from "@coursemesh/platform/egress/egress-client.ts";
import { EgressRefused } from "@coursemesh/platform/egress/egress-guard.ts";
import { etagMismatch, fieldInvalid, requestIdReused } from "@coursemesh/platform/errors/service-error.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import { requestHash } from "@coursemesh/platform/rpc/request-hash.ts";
import { readUpdateMask } from "@coursemesh/platform/rpc/update-mask.ts";
import { seal, unseal } from "@coursemesh/platform/secrets/seal.ts";
import {
  CreatePipeRequestSchema,
  type Pipe,
  type PipeService,
  PipeStatus,
} from "@coursemesh/proto/coursemesh/lrs/v1/pipe_pb.ts";
import { type StatementFilter, XapiVersion } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import type pg from "pg";
import { addressRefused } from "../errors.ts";
import { consistentThrough } from "../statement/consistent-through.ts";
import { positionOf } from "../statement/position.ts";
import { readFilter } from "../statement/read-filter.ts";
import type { PipeRow } from "./pipe.entity.ts";
import { etagOf, filterBytes, toDeadLetter, toPipe } from "./pipe.mapper.ts";
import type { PipeRepository } from "./pipe.repository.ts";
import { askAbout } from "./target.ts";
import { readTargetUrl } from "./target-url.ts";

/** What the RPCs of pipes need. */
export interface PipeRpcDeps {
  readonly pipes: PipeRepository;
  readonly pool: () => pg.Pool;
  readonly egress: Egress;
  /** Seals passwords. */
  readonly key: Buffer;
  /** How long a target may take to answer a test, milliseconds. */
  readonly timeoutMs: number;
  readonly now: () => Date;
}

const FIELDS = [
  "name",
  "target_url",
  "username",
  "password",
  "version",
  "filter",
  "with_attachments",
  "batch_size",
] as const;

/** PipeService. */
export function pipeRpc({ pipes, pool, egress, key, timeoutMs, now }: PipeRpcDeps): ServiceImpl<typeof PipeService> {
  const seen = async (row: PipeRow): Promise<Pipe> => toPipe(row, await pipes.countsOf(row));
  const sealed = (password: string): string => (password === "" ? "" : seal(key, Buffer.from(password)));
  /** @throws ADDRESS_REFUSED */
  const checkedTarget = async (text: string): Promise<string> => {
    const url = readTargetUrl(text);
    await egress.check(url).catch((error: unknown) => {
      if (!(error instanceof EgressRefused)) throw error;
      throw addressRefused(
        { url: text, description: error.message },
        `statements are not sent there: ${error.message}`,
      );
    });
    return url.href;
  };

  return {
    async createPipe(request, context) {
      const { pipe, startTime } = request;
      if (pipe === undefined) throw fieldInvalid("pipe", "is required");
      const tenantId = organizationOf(context);
      const hash = requestHash(CreatePipeRequestSchema, { ...request, pipe: { ...pipe, password: "" } });
      const targetUrl = await checkedTarget(pipe.targetUrl);
      const at = now();
      const row = await pipes.insert({
        id: uuidV7(at.getTime()),
        tenantId,
        name: pipe.name,
        targetUrl,
        username: pipe.username,
        sealedPassword: sealed(pipe.password),
        xapiVersion: pipe.version || XapiVersion.V2_0_0,
        filter: filterBytes(checkedFilter(pipe.filter)),
        withAttachments: pipe.withAttachments,
        batchSize: pipe.batchSize,
        status: PipeStatus.RUNNING,
        cursorPosition: startTime ? positionOf(startTime) : await consistentThrough(pool(), tenantId),
        forwardedPosition: 0,
        forwardedCount: 0,
        failureCount: 0,
        lastError: "",
        lastAttemptAt: null,
        nextAttemptAt: at,
        leaseOwner: null,
        requestId: request.requestId,
        requestHash: hash,
        version: 1,
        createdAt: at,
        updatedAt: at,
      });
      if (row.requestHash !== hash) throw requestIdReused(request.requestId);
      return { pipe: await seen(row) };
    },

    async getPipe({ id }, context) {
      return { pipe: await seen(await pipes.require(organizationOf(context), id)) };
    },

    async listPipes({ page }, context) {
      const tenantId = organizationOf(context);
      const list = `pipes of ${tenantId}`;
      const start = readPageRequest(page, list);
      const { rows, nextPageToken } = cutPage(await pipes.list(tenantId, start), start, list, (row) => [
        row.name,
        row.id,
      ]);
      const total = page?.withTotal ? { total: BigInt(await pipes.count(tenantId)) } : {};
      return { pipes: await Promise.all(rows.map(seen)), page: { nextPageToken, ...total } };
    },

    async updatePipe({ pipe, updateMask }, context) {
      if (pipe === undefined) throw fieldInvalid("pipe", "is required");
      const fields = readUpdateMask(updateMask, FIELDS);
      if (fields.has("name") && pipe.name === "") throw fieldInvalid("pipe.name", "must not be empty");
      const targetUrl = fields.has("target_url") ? await checkedTarget(pipe.targetUrl) : undefined;
      const row = await pipes.change(organizationOf(context), pipe.id, (found) => {
        if (pipe.etag !== "" && pipe.etag !== etagOf(found)) throw etagMismatch(etagOf(found));
        Object.assign(found, {
          ...(fields.has("name") && { name: pipe.name }),
          ...(targetUrl !== undefined && { targetUrl }),
          ...(fields.has("username") && { username: pipe.username }),
          ...(fields.has("password") && { sealedPassword: sealed(pipe.password) }),
          ...(fields.has("version") && { xapiVersion: pipe.version || XapiVersion.V2_0_0 }),
          ...(fields.has("filter") && { filter: filterBytes(checkedFilter(pipe.filter)) }),
          ...(fields.has("with_attachments") && { withAttachments: pipe.withAttachments }),
          ...(fields.has("batch_size") && { batchSize: pipe.batchSize }),
          // A run under way goes by what was; what it carries is sent again.
          leaseOwner: null,
          version: found.version + 1,
          updatedAt: now(),
        });
      });
      return { pipe: await seen(row) };
    },

    async deletePipe({ id }, context) {
      await pipes.remove(organizationOf(context), id);
      return {};
    },

    async pausePipe({ id }, context) {
      const row = await pipes.change(organizationOf(context), id, (found) => {
        found.status = PipeStatus.PAUSED;
      });
      return { pipe: await seen(row) };
    },

    async resumePipe({ id, startTime }, context) {
      const row = await pipes.change(organizationOf(context), id, (found) => {
        found.status = PipeStatus.RUNNING;
        found.failureCount = 0;
        found.lastError = "";
        found.nextAttemptAt = now();
        found.leaseOwner = null;
        if (startTime) found.cursorPosition = positionOf(startTime);
      });
      return { pipe: await seen(row) };
    },

    async testPipe({ id }, context) {
      const row = await pipes.require(organizationOf(context), id);
      const password = row.sealedPassword === "" ? "" : unseal(key, row.sealedPassword)?.toString();
      if (password === undefined) {
        return { reachable: false, error: "its password cannot be read any more; set it again" };
      }
      const { targetUrl: url, username } = row;
      const version = row.xapiVersion === XapiVersion.V1_0_3 ? "1.0.3" : "2.0.0";
      return askAbout(egress, { url, username, password, version, timeoutMs });
    },

    async listDeadLetters({ page, pipeId }, context) {
      const tenantId = organizationOf(context);
      const row = await pipes.require(tenantId, pipeId);
      const list = `dead letters of ${pipeId}`;
      const start = readPageRequest(page, list);
      const found = await pipes.deadLetters(tenantId, pipeId, start);
      const { rows, nextPageToken } = cutPage(found, start, list, (letter) => [letter.id]);
      const total = page?.withTotal ? { total: BigInt((await pipes.countsOf(row)).deadLetters) } : {};
      return { deadLetters: rows.map(toDeadLetter), page: { nextPageToken, ...total } };
    },

    async retryDeadLetters({ pipeId, ids }, context) {
      const tenantId = organizationOf(context);
      await pipes.require(tenantId, pipeId);
      return { queuedCount: BigInt(await pipes.retry(tenantId, pipeId, ids)) };
    },

    async deleteDeadLetters({ pipeId, ids }, context) {
      const tenantId = organizationOf(context);
      await pipes.require(tenantId, pipeId);
      await pipes.forget(tenantId, pipeId, ids);
      return {};
    },
  };
}

/** @throws QUERY_INVALID */
function checkedFilter(filter: StatementFilter | undefined): StatementFilter | undefined {
  readFilter(filter, true);
  return filter;
}
