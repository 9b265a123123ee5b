import { create } from "@bufbuild/protobuf";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { outboxRow } from "@coursemesh/platform/events/outbox.ts";
import { LaunchEndedSchema } from "@coursemesh/proto/coursemesh/runtime/v1/events_pb.ts";
import { LaunchEnd } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import type { CourseOutline } from "@coursemesh/scorm/course/course-outline.ts";
import type pg from "pg";
import type { InstanceModel, LearnerState } from "../instance/instance-model.ts";
import { modelOfCourse } from "../instance/model-of-course.ts";
import type { JournalInstance } from "../journal/instance-memory.ts";
import { readInstance } from "../journal/load-instance.ts";
import { changeEvents } from "../journal/progress-event.ts";
import { type ToldChange, toldChanges } from "../journal/tell-calls.ts";
import { launchMessage } from "../launch/launch.mapper.ts";
import type { KnownLaunch } from "../launch/launch-directory.ts";
import { lockLaunch } from "../launch/present-launch.ts";
import { writeOutbox } from "../launch/write-outbox.ts";

/**
 * Ends a launch and gives the lease back. The state stays what the journal says; the result becomes what it is with the open session
 * ended as for a closed window, because nobody may ever come back to that session. Calls that arrive later are folded as if it were open.
 * A launch that has ended already keeps its end, unless it was open to return and is now shut.
 * @param outline of the course; undefined when it cannot be had, and then the result stays.
 * @returns the instance afterwards; undefined when the launch is gone.
 */
export function endLaunch(
  pool: pg.Pool,
  outline: CourseOutline | undefined,
  known: KnownLaunch,
  end: LaunchEnd,
  now: Date,
): Promise<JournalInstance | undefined> {
  return inTenant(pool, known.tenantId, async (client) => {
    const instance = await readInstance(client, known.tenantId, known.instanceId);
    const launch = instance && (await lockLaunch(client, known.id));
    if (instance === undefined || launch === undefined) return undefined;
    if (launch.endKind === LaunchEnd.REVOKED || (launch.endedAt && end === LaunchEnd.CLOSED)) return instance;
    if (launch.endKind === LaunchEnd.EXIT && end === LaunchEnd.EXIT) return instance;
    const settles = outline !== undefined && known.recorded && instance.leaseLaunchId === launch.id;
    const model = outline && modelOfCourse(outline);
    const result = settles && model ? model.settledResult(known.terms, instance.state) : instance.result;
    const told = settles && model ? toldOfEnd(model, known, instance.state) : [];
    await client.query("update launch set ended_at = $2, end_kind = $3 where id = $1", [launch.id, now, end]);
    await client.query(
      `update instance set version = version + 1, lease_launch_id = nullif(lease_launch_id, $2::uuid),
         completion = $3::smallint, success = $4, score_scaled = $5, score_raw = $6, score_min = $7, score_max = $8, total_seconds = $9,
         progress = $10, completed_at = case when $3::smallint = 3 then coalesce(completed_at, $11::timestamptz) end
       where id = $1`,
      [
        ...[instance.id, launch.id, result.completion, result.success, result.scoreScaled, result.scoreRaw],
        ...[result.scoreMin, result.scoreMax, result.totalSeconds, result.progress, now],
      ],
    );
    if (known.recorded) {
      await client.query(
        "update registration set completion = $3, success = $4, updated_at = greatest(updated_at, $5) where id = $1 and instance_id = $2",
        [launch.registrationId, instance.id, result.completion, result.success, now],
      );
    }
    const message = launchMessage({ ...launch, endedAt: now, endKind: end }, now);
    if (!launch.preview) {
      const step = { before: instance.result, after: result, seqOf: () => launch.lastSeq };
      await writeOutbox(client, [
        ...changeEvents(known, step, told, now),
        outboxRow(known.tenantId, LaunchEndedSchema, create(LaunchEndedSchema, { launch: message })),
      ]);
    }
    return readInstance(client, known.tenantId, known.instanceId);
  });
}

/** What is told of the session that a launch leaves open. */
function toldOfEnd(model: InstanceModel, { id, terms }: KnownLaunch, state: LearnerState): ToldChange[] {
  return state.launch === id ? toldChanges(model, state, model.closed(terms.context, state), []) : [];
}
