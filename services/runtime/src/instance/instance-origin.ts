import { emptyInstance, type InstanceState } from "@coursemesh/scorm/instance12/instance-state.ts";
import type pg from "pg";
import type { LearnerState } from "./instance-model.ts";

/** What an instance's journal is folded from: nothing, or what was taken over from another instance. */
export async function readOrigin(client: pg.ClientBase, instanceId: string): Promise<LearnerState> {
  const { rows } = await client.query<{ state: string }>("select state from instance_origin where instance_id = $1", [
    instanceId,
  ]);
  const [row] = rows;
  return row === undefined ? emptyInstance : (JSON.parse(row.state) as InstanceState);
}
