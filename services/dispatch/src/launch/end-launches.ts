import { runAs, serviceCaller } from "@coursemesh/platform/auth/caller.ts";
import { LaunchService } from "@coursemesh/proto/coursemesh/runtime/v1/launch_pb.ts";
import type pg from "pg";
import type { DispatchParts } from "../dispatch-parts.ts";

/** Job that ends launches of the runtime. */
export const END_LAUNCHES = "end_launches";

export interface EndLaunches {
  readonly tenantId: string;
  readonly launchIds: readonly string[];
}

/** Queues the end of all launches of sessions, in the client's transaction. */
export async function endLaunchesOf(
  { jobs }: Pick<DispatchParts, "jobs">,
  client: pg.ClientBase,
  tenantId: string,
  sessionIds: readonly string[],
): Promise<void> {
  const { rows } = await client.query<{ launch_id: string }>(
    "select launch_id from launch_exchange where external_session_id = any($1::uuid[]) and launch_id is not null",
    [sessionIds],
  );
  const job: EndLaunches = { tenantId, launchIds: rows.map((row) => row.launch_id) };
  if (job.launchIds.length > 0) await jobs().add(END_LAUNCHES, job, {}, client);
}

/** The job {@link END_LAUNCHES}; launches that have ended or are gone are left as they are. */
export function endLaunches({ clients }: Pick<DispatchParts, "clients">) {
  return async ({ tenantId, launchIds }: EndLaunches): Promise<void> => {
    const launches = clients.of(LaunchService);
    for (const id of launchIds) await runAs(serviceCaller("dispatch", tenantId), () => launches.revokeLaunch({ id }));
  };
}
