import { create, toBinary } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { reasonOf } from "@coursemesh/platform/errors/service-error.ts";
import {
  DispatchCompletedSchema,
  DispatchProgressedSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/events_pb.ts";
import { Acknowledgement } from "@coursemesh/proto/coursemesh/dispatch/v1/external_session_pb.ts";
import { type Instance, RegistrationService } from "@coursemesh/proto/coursemesh/runtime/v1/registration_pb.ts";
import { type Result, ResultSchema } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";
import type pg from "pg";
import { tellAiccHost } from "../aicc/queue-telling.ts";
import { announce } from "../announce.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { resultOf, type SessionRow, toExternalSession } from "../external_session/session-row.ts";
import { asDispatch } from "../launch/dispatch-facts.ts";
import { wakeAsker } from "./askers.ts";
import { isFinished, isWorthTelling } from "./host-result.ts";

/** Readings that another writer may overtake before this one gives up; whoever overtook it wrote something newer. */
const MOST_READINGS = 5;

/**
 * Takes over what the runtime has of a session, and answers the session as it is then. The sequence grows when a host would be told something
 * else. Of two that take at once the one that read the older result begins again, so that nothing goes back.
 */
export async function takeResult(parts: DispatchParts, session: SessionRow): Promise<SessionRow> {
  let row = session;
  for (let reading = 0; reading < MOST_READINGS; reading += 1) {
    const instance = await readInstance(parts, row);
    if (instance?.result === undefined) return row;
    const { result } = instance;
    const before = resultOf(row);
    if (before && isSame(before, result) && row.instance_id === instance.id) return row;
    const written = await inTenant(parts.pool(), row.tenant_id, (client) =>
      write(parts, client, row, instance, result),
    );
    if (written.taken) {
      if (written.row.result_sequence !== row.result_sequence) wakeAsker(row.id);
      return written.row;
    }
    row = written.row;
  }
  return row;
}

/**
 * The session's instance in the runtime. That is the registration's present one, unless the learner began another session since. Undefined
 * when there is none, or none any more.
 */
async function readInstance(
  { clients }: DispatchParts,
  { registration_id, instance_id, tenant_id, instance_number }: SessionRow,
): Promise<Instance | undefined> {
  if (registration_id === null) return undefined;
  const registrations = clients.of(RegistrationService);
  return asDispatch(tenant_id, async () => {
    try {
      const by = { case: "id" as const, value: registration_id };
      const { registration } = await registrations.getRegistration({ by });
      const present = registration?.instance;
      if (present === undefined || present.id === instance_id) return present;
      const { instances } = await registrations.listInstances({
        registrationId: registration_id,
        page: { pageSize: 500 },
      });
      // The runtime begins instances by itself where the course's settings say so; they belong to the newest session.
      const mine = instances.find(({ id }) => id === instance_id);
      return mine ?? (instance_number === 0 ? present : undefined);
    } catch (error) {
      if (reasonOf(error) === "REGISTRATION_NOT_FOUND" || ConnectError.from(error).code === Code.NotFound)
        return undefined;
      throw error;
    }
  });
}

async function write(
  parts: DispatchParts,
  client: pg.ClientBase,
  read: SessionRow,
  instance: Instance,
  result: Result,
): Promise<{ readonly row: SessionRow; readonly taken: boolean }> {
  const { rows } = await client.query<SessionRow & { tracking_enabled: boolean; course_id: string }>(
    `select e.*, d.tracking_enabled, d.course_id from external_session e join dispatch d on d.id = e.dispatch_id where e.id = $1 for update of e`,
    [read.id],
  );
  const [present] = rows;
  if (present === undefined) return { row: read, taken: true };
  if (present.result_version !== read.result_version) return { row: present, taken: false };
  const now = parts.now();
  const isNews = isWorthTelling(resultOf(present), result);
  // Without a host, as after a launch by link, nobody has to take anything.
  const isOwed = isNews && present.deployment_id !== null && !present.test;
  const finished = isFinished(result);
  const { rows: written } = await client.query<SessionRow>(
    `update external_session set result = $2, completion = $3, success = $4, score_raw = $5, total_seconds = $6, instance_id = $7,
       course_version_id = $8, result_version = result_version + 1, last_activity_at = greatest(last_activity_at, $9),
       result_sequence = result_sequence + $10::int, result_at = case when $10::int = 1 then $9 else result_at end,
       finished_at = case when $11 then coalesce(finished_at, $9) end,
       acknowledgement = case when $12 then ${Acknowledgement.PENDING} else acknowledgement end,
       attempt_count = case when $10::int = 1 then 0 else attempt_count end,
       settled_at = case when $10::int = 1 then null else settled_at end
     where id = $1 returning *`,
    [
      ...[present.id, Buffer.from(toBinary(ResultSchema, result)), result.completion, result.success],
      ...[result.score?.raw ?? null, Math.round(result.totalSeconds), instance.id, instance.courseVersionId || null],
      ...[now, isNews ? 1 : 0, finished, isOwed],
    ],
  );
  const row = written[0] ?? present;
  if (isNews && present.tracking_enabled && !present.test)
    await announceResult(client, present, { ...row, course_id: present.course_id });
  if (isNews) await tellAiccHost(parts, client, { tenantId: row.tenant_id, externalSessionId: row.id });
  return { row, taken: true };
}

async function announceResult(
  client: pg.ClientBase,
  before: SessionRow,
  row: SessionRow & { readonly course_id: string },
): Promise<void> {
  const externalSession = toExternalSession(row);
  await announce(
    client,
    row.tenant_id,
    DispatchProgressedSchema,
    create(DispatchProgressedSchema, { externalSession }),
  );
  if (before.finished_at !== null || row.finished_at === null) return;
  await announce(client, row.tenant_id, DispatchCompletedSchema, create(DispatchCompletedSchema, { externalSession }));
}

function isSame(one: Result, other: Result): boolean {
  return Buffer.compare(toBinary(ResultSchema, one), toBinary(ResultSchema, other)) === 0;
}
