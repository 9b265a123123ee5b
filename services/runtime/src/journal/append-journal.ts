import { inTenant } from "@coursemesh/platform/db/database.ts";
import { unavailable } from "@coursemesh/platform/errors/service-error.ts";
import { LaunchEnd } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import type pg from "pg";
import { launchNotFound, launchOver, leaseLost } from "../errors.ts";
import type { KnownLaunch } from "../launch/launch-directory.ts";
import type { JournalInstance, LaunchPosition } from "./instance-memory.ts";
import { loadInstance } from "./load-instance.ts";
import { type DeliveredCalls, sameCall } from "./read-calls.ts";
import { readSegments } from "./segments.ts";
import { type CallWriterDeps, writeCalls } from "./write-calls.ts";

/** What appending needs. */
export interface JournalWriterDeps extends CallWriterDeps {
  readonly pool: () => pg.Pool;
}

/** What the journal has, and the instance that belongs to it. */
export interface Written {
  readonly acknowledgedSeq: number;
  readonly instance: JournalInstance;
}

/** Tries of one delivery against others that write the same instance from other processes. */
const ATTEMPTS = 20;

/** Takes deliveries into the journal. */
export interface JournalWriter {
  /** In turn with everything else that writes the instance. @throws LAUNCH_NOT_FOUND, LAUNCH_OVER, LEASE_LOST */
  append(launch: KnownLaunch, calls: DeliveredCalls): Promise<Written>;
  /** Answers to calls of a launch that records nothing. @throws LAUNCH_NOT_FOUND, LAUNCH_OVER */
  passOver(launch: KnownLaunch, calls: DeliveredCalls): Promise<Written>;
}

export function journalWriter(deps: JournalWriterDeps): JournalWriter {
  const { pool, memory } = deps;

  const write = async (
    launch: KnownLaunch,
    instance: JournalInstance,
    position: LaunchPosition,
    calls: DeliveredCalls,
  ): Promise<Written | undefined> => {
    const known = position.lastSeq - calls.firstSeq + 1;
    if (known > 0) await refuseAnotherWriter(pool(), launch, position, calls);
    const tuples = calls.tuples.slice(Math.max(0, known));
    if (tuples.length === 0) {
      if (calls.tuples.length === 0) await heard(deps, launch);
      return { acknowledgedSeq: position.lastSeq, instance };
    }
    const text = known > 0 ? JSON.stringify(tuples) : calls.text;
    const next = await writeCalls(deps, launch, instance, position, { tuples, text });
    return next && { acknowledgedSeq: position.lastSeq + tuples.length, instance: next };
  };

  return {
    async append(launch, calls) {
      for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
        const remembered = memory.get(launch.instanceId);
        const instance = remembered ?? (await loadInstance(pool(), launch.tenantId, launch.instanceId));
        const position = instance?.launches.get(launch.id);
        const verdict = instance && position ? judge(launch, position, instance, calls) : launchNotFound();
        // Memory may be out of date; only what was just read may refuse.
        if (remembered !== undefined && verdict !== undefined) {
          memory.forget(launch.instanceId);
          continue;
        }
        if (verdict instanceof Error) throw verdict;
        if (instance === undefined || position === undefined) throw launchNotFound();
        if (verdict !== undefined) return verdict;
        const written = await write(launch, instance, position, calls);
        if (written !== undefined) return written;
      }
      throw unavailable("the journal");
    },

    async passOver(launch, calls) {
      const instance =
        memory.get(launch.instanceId) ?? (await loadInstance(pool(), launch.tenantId, launch.instanceId));
      const position = instance?.launches.get(launch.id);
      if (instance === undefined) throw launchNotFound();
      if (position?.end === LaunchEnd.REVOKED) throw over(LaunchEnd.REVOKED);
      return { acknowledgedSeq: calls.firstSeq + calls.tuples.length - 1, instance };
    },
  };
}

/**
 * Whether a launch may write: undefined, a refusal, or the answer to calls that leave a gap.
 * An older launch's calls that were still under way are taken until a newer one has written: nobody has built on the state without them.
 */
function judge(
  launch: KnownLaunch,
  position: LaunchPosition,
  instance: JournalInstance,
  calls: DeliveredCalls,
): Error | Written | undefined {
  if (position.end === LaunchEnd.REVOKED) return over(position.end);
  const superseded = instance.leaseLaunchId !== "" && instance.leaseLaunchId !== launch.id;
  const idle = superseded && calls.tuples.length === 0;
  if (position.epoch === 0 || position.epoch < instance.foldedEpoch || idle) {
    return leaseLost({ acknowledged_seq: String(position.lastSeq) });
  }
  if (calls.firstSeq > position.lastSeq + 1) return { acknowledgedSeq: position.lastSeq, instance };
  return undefined;
}

/** Two tabs with the same address write under the same numbers; the one that comes second must learn of it. */
async function refuseAnotherWriter(
  pool: pg.Pool,
  launch: KnownLaunch,
  position: LaunchPosition,
  calls: DeliveredCalls,
): Promise<void> {
  const last = Math.min(position.lastSeq, calls.firstSeq + calls.tuples.length - 1);
  const segments = await inTenant(pool, launch.tenantId, (client) =>
    readSegments(client, launch.id, calls.firstSeq, last),
  );
  for (const segment of segments) {
    for (const [index, stored] of segment.tuples.entries()) {
      const delivered = calls.tuples[segment.firstSeq + index - calls.firstSeq];
      if (delivered !== undefined && !sameCall(stored, delivered)) {
        throw leaseLost(
          { acknowledged_seq: String(position.lastSeq) },
          "another window of the same launch has recorded other calls under these numbers",
        );
      }
    }
  }
}

/** An empty delivery says that the player is still there. */
async function heard(deps: JournalWriterDeps, launch: KnownLaunch): Promise<void> {
  const now = deps.now();
  await inTenant(deps.pool(), launch.tenantId, async (client) => {
    await client.query("update instance set last_access_at = greatest(last_access_at, $2) where id = $1", [
      launch.instanceId,
      now,
    ]);
    await client.query("update launch set active_at = greatest(active_at, $2) where id = $1", [launch.id, now]);
  });
}

/** LAUNCH_OVER with the way it ended. */
export function over(end: LaunchEnd): Error {
  return launchOver({ end: Object.entries(LaunchEnd).find(([, value]) => value === end)?.[0] ?? "" });
}
