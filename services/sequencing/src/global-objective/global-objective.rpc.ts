import { create } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { callerOf, organizationOf } from "@coursemesh/platform/auth/caller.ts";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { etagMismatch, fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { outboxRow } from "@coursemesh/platform/events/outbox.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import { readUpdateMask } from "@coursemesh/platform/rpc/update-mask.ts";
import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import { GlobalObjectiveChangedSchema } from "@coursemesh/proto/coursemesh/sequencing/v1/events_pb.ts";
import type {
  GlobalObjective,
  GlobalObjectiveService,
} from "@coursemesh/proto/coursemesh/sequencing/v1/global_objective_pb.ts";
import type { ObjectiveProgress } from "@coursemesh/scorm/sequencing/tracking.ts";
import type pg from "pg";
import { definedOf } from "../activity/tracking.mapper.ts";
import { globalObjectiveNotFound } from "../errors.ts";
import { refuseWhileOpen } from "../session/refuse-while-open.ts";
import { lockLearner } from "../session/session.repository.ts";
import { writeOutbox } from "../session/write-outbox.ts";
import type { ReaderDeps } from "../step/moment.ts";
import { globalObjectiveMessage } from "./global-objective.mapper.ts";
import {
  findGlobalObjective,
  type GlobalObjectiveRow,
  listGlobalObjectives,
  saveGlobalObjectives,
  WHOLE_ORGANIZATION,
} from "./global-objective.repository.ts";

const updatable = [
  "success",
  "completion",
  "score_scaled",
  "score_raw",
  "score_min",
  "score_max",
  "progress_measure",
] as const;

/** Global objectives of a learner, for people. */
export function globalObjectiveRpc(deps: ReaderDeps): ServiceImpl<typeof GlobalObjectiveService> {
  const { pool } = deps;
  return {
    async listGlobalObjectives({ page, learnerId, instanceId }, context) {
      const organizationId = organizationOf(context);
      const list = `global objectives of ${learnerId} ${instanceId}`;
      const start = readPageRequest(page, list);
      const of = { organizationId, learnerId, scope: instanceId || WHOLE_ORGANIZATION };
      const after = start.after && String(start.after[0]);
      const found = await inTenant(pool(), organizationId, (client) =>
        listGlobalObjectives(client, of, after, start.limit),
      );
      const { rows, nextPageToken } = cutPage(found, start, list, ({ objectiveId }) => [objectiveId]);
      return { globalObjectives: rows.map(globalObjectiveMessage), page: { nextPageToken } };
    },

    async updateGlobalObjective({ globalObjective, updateMask, note }, context) {
      if (globalObjective === undefined) throw fieldInvalid("global_objective", "is missing");
      const organizationId = organizationOf(context);
      const fields = readUpdateMask(updateMask, updatable);
      const saved = await inTenant(pool(), organizationId, async (client) => {
        const row = await lockObjective(deps, client, organizationId, globalObjective.id);
        if (row === undefined) throw globalObjectiveNotFound({ id: globalObjective.id });
        const { etag } = globalObjective;
        if (etag !== "" && etag !== String(row.version)) throw etagMismatch(String(row.version));
        const progress = corrected(row.progress, globalObjective, fields);
        const of = { organizationId, learnerId: row.learnerId, scope: row.scope };
        const writer = { stepId: null, instanceId: null };
        const [changed = row] = await saveGlobalObjectives(client, of, { [row.objectiveId]: progress }, writer);
        const who = callerOf(context).id;
        await client.query(
          `insert into correction (id, tenant_id, learner_id, global_objective_id, before, after, note, corrected_by, corrected_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, now())`,
          [
            ...[uuidV7(), organizationId, row.learnerId, row.id, JSON.stringify(row.progress)],
            ...[JSON.stringify(progress), note, who],
          ],
        );
        await announce(client, organizationId, changed);
        return changed;
      });
      return { globalObjective: globalObjectiveMessage(saved) };
    },

    async deleteGlobalObjective({ id }, context) {
      const organizationId = organizationOf(context);
      await inTenant(pool(), organizationId, async (client) => {
        const row = await lockObjective(deps, client, organizationId, id);
        if (row === undefined) return;
        await client.query("delete from global_objective where id = $1 and tenant_id = $2", [id, organizationId]);
        await announce(client, organizationId, { ...row, progress: {}, stepId: null, updatedAt: new Date() });
      });
      return {};
    },
  };
}

/** @throws SESSION_ACTIVE */
async function lockObjective(
  { catalog }: ReaderDeps,
  client: pg.ClientBase,
  organizationId: string,
  id: string,
): Promise<GlobalObjectiveRow | undefined> {
  const found = await findGlobalObjective(client, organizationId, id);
  if (found === undefined) return undefined;
  await lockLearner(client, organizationId, found.learnerId);
  const uses = (tree: { readonly globalObjectives: readonly string[] }) =>
    tree.globalObjectives.includes(found.objectiveId);
  await refuseWhileOpen(client, catalog, { ...found, organizationId }, ({ index }) => uses(index));
  return findGlobalObjective(client, organizationId, id);
}

function corrected(
  progress: ObjectiveProgress,
  given: GlobalObjective,
  fields: ReadonlySet<(typeof updatable)[number]>,
): ObjectiveProgress {
  const values = {
    ...progress,
    ...(fields.has("success") && { satisfied: truthOf(given.success, Success.PASSED, Success.FAILED) }),
    ...(fields.has("completion") && {
      completed: truthOf(given.completion, Completion.COMPLETE, Completion.INCOMPLETE),
    }),
    ...(fields.has("score_scaled") && { measure: within(given.scoreScaled, "score_scaled", -1) }),
    ...(fields.has("progress_measure") && { completionAmount: within(given.progressMeasure, "progress_measure", 0) }),
    ...(fields.has("score_raw") && { scoreRaw: given.scoreRaw }),
    ...(fields.has("score_min") && { scoreMin: given.scoreMin }),
    ...(fields.has("score_max") && { scoreMax: given.scoreMax }),
  };
  return definedOf(values);
}

function truthOf<Value>(value: Value, yes: Value, no: Value): boolean | undefined {
  if (value === yes) return true;
  return value === no ? false : undefined;
}

function within(value: number | undefined, field: string, least: number): number | undefined {
  if (value !== undefined && !(value >= least && value <= 1)) throw fieldInvalid(field, `must be ${least} to 1`);
  return value;
}

function announce(client: pg.ClientBase, organizationId: string, row: GlobalObjectiveRow): Promise<void> {
  const event = create(GlobalObjectiveChangedSchema, { globalObjective: globalObjectiveMessage(row) });
  return writeOutbox(client, organizationId, [outboxRow(organizationId, GlobalObjectiveChangedSchema, event)]);
}
