import type { LaunchEnd } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import type pg from "pg";
import type { Catalog } from "../catalog/catalog.ts";
import type { InstanceMemory, JournalInstance } from "../journal/instance-memory.ts";
import type { Turns } from "../journal/turns.ts";
import type { KnownLaunch } from "../launch/launch-directory.ts";
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
  readonly now: () => Date;
}): LaunchEnder {
  return {
    async end(launch, kind) {
      // A course whose package cannot be had must not keep anybody from ending its launches.
      const outline = await deps.catalog.outline(launch.tenantId, launch.packageId).catch(() => undefined);
      return deps.turns.take(launch.instanceId, () => {
        deps.memory.forget(launch.instanceId);
        return endLaunch(deps.pool(), outline?.outline, launch, kind, deps.now());
      });
    },
  };
}
