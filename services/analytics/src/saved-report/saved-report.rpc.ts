import { create } from "@bufbuild/protobuf";
import type { HandlerContext, ServiceImpl } from "@connectrpc/connect";
import { callerOf, organizationOf } from "@coursemesh/platform/auth/caller.ts";
import type { Database } from "@coursemesh/platform/db/database.ts";
import {
  etagMismatch,
  fieldInvalid,
  permissionMissing,
  requestIdReused,
} from "@coursemesh/platform/errors/service-error.ts";
import { recordEvent } from "@coursemesh/platform/events/outbox.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import { requestHash } from "@coursemesh/platform/rpc/request-hash.ts";
import { readUpdateMask } from "@coursemesh/platform/rpc/update-mask.ts";
import {
  SavedReportCreatedSchema,
  SavedReportDeletedSchema,
  SavedReportUpdatedSchema,
} from "@coursemesh/proto/coursemesh/analytics/v1/events_pb.ts";
import {
  CreateSavedReportRequestSchema,
  type RunReportRequest,
  type SavedReportService,
} from "@coursemesh/proto/coursemesh/analytics/v1/saved_report_pb.ts";
import { type EntityManager, LockMode, UniqueConstraintViolationException } from "@mikro-orm/postgresql";
import type { AnalyticsParts } from "../analytics-parts.ts";
import { savedReportNotFound } from "../errors.ts";
import { freshnessOf } from "../figures/freshness.ts";
import { type ReadQuestion, readQuestion } from "../report/read-question.ts";
import { runReport } from "../report/run-report.ts";
import { snapshot } from "../store/snapshot.ts";
import { SavedReportEntity, type SavedReportRow } from "./saved-report.entity.ts";
import { questionBytes, questionOf, toSavedReport } from "./saved-report.mapper.ts";

const FIELDS = ["name", "description", "question", "view", "shared"] as const;

/** Those that the caller may see: own ones and those that are shared. */
const seenBy = (ownerId: string) => ({ $or: [{ ownerId }, { shared: true }] });

/** Reads a report's question by its id. @throws SAVED_REPORT_NOT_FOUND */
export async function savedQuestion(
  db: Database,
  context: HandlerContext,
  id: string,
  now: Date,
): Promise<ReadQuestion> {
  const row = await findSeen(db.tenant(organizationOf(context)), context, id);
  return readQuestion(questionOf(row), now);
}

async function findSeen(em: EntityManager, context: HandlerContext, id: string): Promise<SavedReportRow> {
  const where = { tenantId: organizationOf(context), id, ...seenBy(callerOf(context).id) };
  const row = await em.findOne(SavedReportEntity, where);
  if (row === null) throw savedReportNotFound({ id });
  return row;
}

/** Reports that people of the caller's organization keep. */
export function savedReportRpc(parts: AnalyticsParts, db: () => Database): ServiceImpl<typeof SavedReportService> {
  const { pool, now } = parts;
  const askedIn = async (request: RunReportRequest, context: HandlerContext): Promise<ReadQuestion> =>
    request.by.case === "savedReportId"
      ? savedQuestion(db(), context, request.by.value, now())
      : readQuestion(request.by.value, now());
  /** Locks one of the caller's own. Undefined when it is absent. @throws PERMISSION_MISSING for somebody else's shared one */
  const lockOwn = async (
    em: EntityManager,
    context: HandlerContext,
    id: string,
  ): Promise<SavedReportRow | undefined> => {
    const where = { tenantId: organizationOf(context), id, ...seenBy(callerOf(context).id) };
    const row = await em.findOne(SavedReportEntity, where, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (row && row.ownerId !== callerOf(context).id) throw permissionMissing("of the report's owner");
    return row ?? undefined;
  };

  return {
    async createSavedReport(request, context) {
      const { savedReport, requestId } = request;
      if (savedReport?.question === undefined) throw fieldInvalid("saved_report.question", "is required");
      const tenantId = organizationOf(context);
      readQuestion(savedReport.question, now());
      const hash = requestHash(CreateSavedReportRequestSchema, request);
      const at = now();
      const { name, description, view, shared } = savedReport;
      const row = {
        ...{ id: uuidV7(), tenantId, name, description, view, shared },
        question: questionBytes(savedReport.question),
        ownerId: callerOf(context).id,
        requestId,
        requestHash: hash,
        version: 1,
        createdAt: at,
        updatedAt: at,
      };
      try {
        await db()
          .tenant(tenantId)
          .transactional(async (em) => {
            await em.insert(SavedReportEntity, row);
            const event = create(SavedReportCreatedSchema, { savedReport: toSavedReport(row) });
            await recordEvent(em, tenantId, SavedReportCreatedSchema, event);
          });
        return { savedReport: toSavedReport(row) };
      } catch (error) {
        if (!(error instanceof UniqueConstraintViolationException)) throw error;
        const first = await db().tenant(tenantId).findOneOrFail(SavedReportEntity, { tenantId, requestId });
        if (first.requestHash !== hash) throw requestIdReused(requestId);
        return { savedReport: toSavedReport(first) };
      }
    },

    async getSavedReport({ id }, context) {
      const row = await findSeen(db().tenant(organizationOf(context)), context, id);
      return { savedReport: toSavedReport(row) };
    },

    async listSavedReports({ page }, context) {
      const tenantId = organizationOf(context);
      const { id: ownerId } = callerOf(context);
      const list = `saved reports of ${tenantId} for ${ownerId}`;
      const start = readPageRequest(page, list);
      const [name, id] = (start.after ?? []).map(String);
      const behind = start.after ? [{ $or: [{ name: { $gt: name } }, { name, id: { $gt: id } }] }] : [];
      const where = { $and: [{ tenantId }, seenBy(ownerId), ...behind] } as object;
      const em = db().tenant(tenantId);
      const found = await em.find(SavedReportEntity, where, {
        orderBy: { name: "asc", id: "asc" },
        limit: start.limit + 1,
      });
      const { rows, nextPageToken } = cutPage(found, start, list, (row) => [row.name, row.id]);
      const total = page?.withTotal
        ? { total: BigInt(await em.count(SavedReportEntity, { tenantId, ...seenBy(ownerId) })) }
        : {};
      return { savedReports: rows.map(toSavedReport), page: { nextPageToken, ...total } };
    },

    async updateSavedReport({ savedReport, updateMask }, context) {
      if (savedReport === undefined) throw fieldInvalid("saved_report", "is required");
      const fields = readUpdateMask(updateMask, FIELDS);
      if (fields.has("name") && savedReport.name === "") throw fieldInvalid("saved_report.name", "must not be empty");
      const { question } = savedReport;
      if (fields.has("question")) readQuestion(question, now());
      const tenantId = organizationOf(context);
      return db()
        .tenant(tenantId)
        .transactional(async (em) => {
          const row = await lockOwn(em, context, savedReport.id);
          if (row === undefined) throw savedReportNotFound({ id: savedReport.id });
          if (savedReport.etag !== "" && savedReport.etag !== String(row.version))
            throw etagMismatch(String(row.version));
          Object.assign(row, {
            ...(fields.has("name") && { name: savedReport.name }),
            ...(fields.has("description") && { description: savedReport.description }),
            ...(fields.has("view") && { view: savedReport.view }),
            ...(fields.has("shared") && { shared: savedReport.shared }),
            ...(fields.has("question") && question && { question: questionBytes(question) }),
            version: row.version + 1,
            updatedAt: now(),
          });
          await em.flush();
          const changed = toSavedReport(row);
          const event = create(SavedReportUpdatedSchema, { savedReport: changed, changedFields: [...fields] });
          await recordEvent(em, tenantId, SavedReportUpdatedSchema, event);
          return { savedReport: changed };
        });
    },

    async deleteSavedReport({ id }, context) {
      const tenantId = organizationOf(context);
      await db()
        .tenant(tenantId)
        .transactional(async (em) => {
          const row = await lockOwn(em, context, id);
          if (row === undefined) return;
          await em.nativeDelete(SavedReportEntity, { tenantId, id });
          const event = create(SavedReportDeletedSchema, { savedReportId: id });
          await recordEvent(em, tenantId, SavedReportDeletedSchema, event);
        });
      return {};
    },

    async runReport(request, context) {
      const tenantId = organizationOf(context);
      const read = await askedIn(request, context);
      const asked =
        request.by.case === "savedReportId" ? request.by.value : questionBytes(read.question).toString("hex");
      const list = JSON.stringify(["report", tenantId, asked]);
      const start = readPageRequest(request.page, list);
      return snapshot(pool(), tenantId, async (client) => {
        const all = await runReport(client, tenantId, read);
        const begin = Number(start.after?.[0] ?? 0);
        const numbered = all
          .slice(begin, begin + start.limit + 1)
          .map((row, index) => ({ row, next: begin + index + 1 }));
        const { rows, nextPageToken } = cutPage(numbered, start, list, ({ next }) => [next]);
        return {
          rows: rows.map(({ row }) => row),
          page: { nextPageToken, ...(request.page?.withTotal && { total: BigInt(all.length) }) },
          freshness: await freshnessOf(client, tenantId),
        };
      });
    },
  };
}
