import { inTenant } from "@coursemesh/platform/db/database.ts";
import { uuidV7 } from "@coursemesh/platform/ids/uuid-v7.ts";
import type { Instance2004State } from "@coursemesh/scorm/instance2004/instance-state.ts";
import { emptyInstance2004 } from "@coursemesh/scorm/instance2004/instance-state.ts";
import type { SequencingAnswer } from "@coursemesh/scorm/instance2004/sequencing-answer.ts";
import type { JournalCall } from "@coursemesh/scorm/journal/journal-call.ts";
import type pg from "pg";
import type { Catalog } from "../catalog/catalog.ts";
import { launchNotFound } from "../errors.ts";
import { modelOfCourse } from "../instance/model-of-course.ts";
import { state2004 } from "../instance/scorm2004-model.ts";
import { journalCalls } from "../journal/read-calls.ts";
import type { KnownLaunch } from "../launch/launch-directory.ts";
import type { Keeper } from "./steps.ts";

/** A launch that records nothing, as of one version. */
export interface UntrackedPlay {
  readonly launchId: string;
  readonly tenantId: string;
  readonly instanceId: string;
  readonly state: Instance2004State;
  readonly lastSeq: number;
  readonly version: number;
}

/**
 * Keeps launches that record nothing (review, browse, untracked) for as long as they go on. A SCORM 2004 course cannot be gone through without
 * sequencing, so each has a session of its own there, under an instance and a learner made up for it: it begins at the first activity, and nothing of the
 * learner's way, global objectives or shared data is read or changed. When the launch has been left, all of it is forgotten.
 */
export function untrackedKeeper(deps: {
  readonly pool: () => pg.Pool;
  readonly catalog: Catalog;
  readonly now: () => Date;
}): Keeper<UntrackedPlay> {
  const { pool, catalog, now } = deps;

  const reload = (launch: KnownLaunch): Promise<UntrackedPlay> =>
    inTenant(pool(), launch.tenantId, async (client) => {
      await client.query(
        `insert into untracked_play (launch_id, tenant_id, instance_id, state, last_seq, updated_at)
         select id, tenant_id, $2, $3, 0, $4 from launch where id = $1 on conflict (launch_id) do nothing`,
        [launch.id, uuidV7(), JSON.stringify(emptyInstance2004), now()],
      );
      const { rows } = await client.query<{ instance_id: string; state: string; last_seq: number; version: number }>(
        "select instance_id, state, last_seq, version from untracked_play where launch_id = $1",
        [launch.id],
      );
      const [row] = rows;
      if (row === undefined) throw launchNotFound();
      return {
        launchId: launch.id,
        tenantId: launch.tenantId,
        instanceId: row.instance_id,
        state: JSON.parse(row.state) as Instance2004State,
        lastSeq: row.last_seq,
        version: row.version,
      };
    });

  const fold = async (
    play: UntrackedPlay,
    launch: KnownLaunch,
    calls: readonly JournalCall[],
    answers: readonly SequencingAnswer[],
  ): Promise<UntrackedPlay | undefined> => {
    const { outline } = await catalog.outline(launch.tenantId, launch.packageId);
    const model = modelOfCourse(outline);
    const { context } = launch.terms;
    const { state } = model.fold(context, model.resume(context, play.state, play.lastSeq), calls, answers);
    const lastSeq = play.lastSeq + calls.length;
    const { rowCount } = await inTenant(pool(), play.tenantId, (client) =>
      client.query(
        `update untracked_play set state = $3, last_seq = $4, version = version + 1, updated_at = $5
         where launch_id = $1 and version = $2`,
        [play.launchId, play.version, JSON.stringify(state), lastSeq, now()],
      ),
    );
    return rowCount === 0 ? undefined : { ...play, state: state2004(state), lastSeq, version: play.version + 1 };
  };

  return {
    stateOf: ({ state }) => state,
    as: ({ instanceId }) => ({ instanceId, learnerId: instanceId }),
    load: reload,
    reload,
    foldedLaunch: async ({ state }, launch) => (state.launch === launch.id ? launch : undefined),
    async append(launch, { firstSeq, tuples }) {
      for (;;) {
        const play = await reload(launch);
        const known = play.lastSeq - firstSeq + 1;
        const fresh = tuples.slice(Math.max(0, known));
        if (known < 0 || fresh.length === 0) return { acknowledgedSeq: play.lastSeq, kept: play };
        const kept = await fold(play, launch, journalCalls(fresh, play.lastSeq + 1), []);
        if (kept !== undefined) return { acknowledgedSeq: kept.lastSeq, kept };
      }
    },
    record: (play, launch, call) => fold(play, launch, journalCalls([call], play.lastSeq + 1), []),
    answer: (play, launch, answer) => fold(play, launch, [], [answer]),
  };
}
