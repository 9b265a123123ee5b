import { inTenant } from "@coursemesh/platform/db/database.ts";
import { LaunchEnd } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import type pg from "pg";
import type { Catalog } from "../catalog/catalog.ts";
import { is2004 } from "../instance/instance-model.ts";
import type { InstanceMemory, JournalInstance } from "../journal/instance-memory.ts";
import { loadInstance } from "../journal/load-instance.ts";
import type { Turns } from "../journal/turns.ts";
import type { KnownLaunch } from "../launch/launch-directory.ts";
import { dropUntracked } from "../sequencing/forget-sessions.ts";
import type { Steps } from "../sequencing/steps.ts";
import { endLaunch } from "./end-launch.ts";

/** Ends launches in turn with the deliveries of their instance. */
export interface LaunchEnder {
  /** The instance afterwards; undefined when the launch is gone. */
  end(launch: KnownLaunch, kind: LaunchEnd): Promise<JournalInstance | undefined>;
}

export function launchEnder(deps: {
  readonly pool: () => pg.Pool;
  readonly catalog: Catalog;
  readonly memory: InstanceMemory;
  readonly turns: Turns;
  readonly recorded: Steps<JournalInstance>;
  readonly forget: () => void;
  readonly now: () => Date;
}): LaunchEnder {
  const { pool } = deps;

  /** What SCORM 2004 left: an answer that is missing still counts, and a way through the course that was kept for this launch only is over. */
  const finish = async (launch: KnownLaunch, kind: LaunchEnd): Promise<void> => {
    if (!is2004(launch.terms.context)) return;
    if (launch.recorded) {
      const instance = await loadInstance(pool(), launch.tenantId, launch.instanceId);
      if (instance !== undefined) await deps.recorded.settle(instance, launch);
    } else if (kind !== LaunchEnd.CLOSED) {
      await inTenant(pool(), launch.tenantId, (client) => dropUntracked(client, "launch_id = $1", [launch.id]));
      deps.forget();
    }
  };

  return {
    async end(launch, kind) {
      // A course whose package cannot be had must not keep anybody from ending its launches.
      const outline = await deps.catalog.outline(launch.tenantId, launch.packageId).catch(() => undefined);
      return deps.turns.take(launch.instanceId, async () => {
        await finish(launch, kind);
        deps.memory.forget(launch.instanceId);
        return endLaunch(pool(), outline?.outline, launch, kind, deps.now());
      });
    },
  };
}
