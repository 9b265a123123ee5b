import { create } from "@bufbuild/protobuf";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { outboxRow } from "@coursemesh/platform/events/outbox.ts";
import { LaunchEndedSchema, LaunchOpenedSchema } from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import { type Launch, LaunchEnd } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import type pg from "pg";
import { launchNotFound, leaseLost } from "../errors.ts";
import { over } from "../journal/append-journal.ts";
import type { JournalInstance } from "../journal/instance-memory.ts";
import { readInstance } from "../journal/load-instance.ts";
import { launchMessage } from "../launch/launch.mapper.ts";
import type { KnownLaunch } from "../launch/launch-directory.ts";
import { launchIsOver } from "../launch/launch-over.ts";
import { lockLaunch, type PresentLaunch } from "../launch/present-launch.ts";
import { writeOutbox } from "../launch/write-outbox.ts";

/** How a player opens. */
export interface Opening {
  readonly userAgent: string;
  readonly takeLease: boolean;
  readonly now: Date;
  readonly idleSeconds: number;
}

/** An opened launch and its instance after that. */
export interface Opened {
  readonly launch: Launch;
  readonly instance: JournalInstance;
}

/**
 * Opens a launch: the first opening takes the lease from whoever has it; a later one (reload) only when nobody else has, or when the
 * learner asked for it, which also opens again what was left by Exit. Launches that record nothing need no lease.
 * @throws LAUNCH_NOT_FOUND, LAUNCH_OVER, LEASE_LOST
 */
export function openLaunch(pool: pg.Pool, known: KnownLaunch, opening: Opening): Promise<Opened> {
  return inTenant(pool, known.tenantId, async (client) => {
    const before = await readInstance(client, known.tenantId, known.instanceId);
    const launch = before && (await lockLaunch(client, known.id));
    if (launch === undefined || before === undefined) throw launchNotFound();
    const end = launchIsOver(launch, opening.now, opening.idleSeconds, opening.takeLease);
    if (end !== undefined) throw over(end);
    const holder = before.leaseLaunchId;
    const mayTake = holder === "" || holder === launch.id || !launch.openedAt || opening.takeLease;
    if (known.recorded && !mayTake) throw leaseLost({ acknowledged_seq: String(launch.lastSeq) });

    const first = !launch.openedAt;
    const epoch = known.recorded ? await takeLease(client, before, launch, opening.now) : launch.epoch;
    await client.query(
      `update launch set opened_at = coalesce(opened_at, $2), active_at = $2, ended_at = null, end_kind = 0, epoch = $3, user_agent = $4
       where id = $1`,
      [launch.id, opening.now, epoch, opening.userAgent],
    );
    if (known.recorded) await markOpened(client, launch, first, opening.now);
    const openedRow: PresentLaunch = {
      ...launch,
      openedAt: launch.openedAt ?? opening.now,
      activeAt: opening.now,
      endedAt: null,
      endKind: 0,
      epoch,
      userAgent: opening.userAgent,
    };
    const message = launchMessage(openedRow, opening.now);
    if (first && !launch.preview) {
      await writeOutbox(client, [
        outboxRow(known.tenantId, LaunchOpenedSchema, create(LaunchOpenedSchema, { launch: message })),
      ]);
    }
    if (known.recorded && holder !== "" && holder !== launch.id) await supersede(client, known, holder, opening.now);
    const instance = await readInstance(client, known.tenantId, known.instanceId);
    if (instance === undefined) throw launchNotFound();
    return { launch: message, instance };
  });
}

/** Gives the launch the lease; answers the epoch, a new one when another launch has had the lease since. */
async function takeLease(
  client: pg.ClientBase,
  instance: JournalInstance,
  launch: PresentLaunch,
  now: Date,
): Promise<number> {
  const { rows } = await client.query<{ lease_epoch: number }>(
    `update instance set
       lease_launch_id = $2, lease_epoch = case when lease_epoch = $3 and $3 > 0 then lease_epoch else lease_epoch + 1 end,
       version = version + 1, first_access_at = coalesce(first_access_at, $4), last_access_at = greatest(last_access_at, $4)
     where id = $1 returning lease_epoch`,
    [instance.id, launch.id, launch.epoch, now],
  );
  return rows[0]?.lease_epoch ?? launch.epoch;
}

async function markOpened(client: pg.ClientBase, launch: PresentLaunch, first: boolean, now: Date): Promise<void> {
  if (first)
    await client.query("update instance set launch_count = launch_count + 1 where id = $1", [launch.instanceId]);
  await client.query(
    `update registration set first_launched_at = coalesce(first_launched_at, $2), last_launched_at = $2, updated_at = greatest(updated_at, $2)
     where id = $1`,
    [launch.registrationId, now],
  );
  await client.query(
    "update learner set active_at = greatest(active_at, $2) where id = (select learner_id from registration where id = $1)",
    [launch.registrationId, now],
  );
}

async function supersede(client: pg.ClientBase, known: KnownLaunch, holder: string, now: Date): Promise<void> {
  const older = await lockLaunch(client, holder);
  if (older === undefined || older.endedAt) return;
  await client.query("update launch set ended_at = $2, end_kind = $3 where id = $1", [
    holder,
    now,
    LaunchEnd.SUPERSEDED,
  ]);
  if (older.preview) return;
  const launch = launchMessage({ ...older, endedAt: now, endKind: LaunchEnd.SUPERSEDED }, now);
  await writeOutbox(client, [outboxRow(known.tenantId, LaunchEndedSchema, create(LaunchEndedSchema, { launch }))]);
}
