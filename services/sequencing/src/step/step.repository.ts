import type { SessionStatus } from "@coursemesh/proto/coursemesh/sequencing/v1/session_pb.ts";
import type pg from "pg";
import type { Asked } from "./asked.ts";
import type { TakenIn } from "./taken-in.ts";

/** A step as it is stored, without its trace. */
export interface StepRow {
  readonly id: string;
  readonly instanceId: string;
  readonly revision: number;
  readonly launchId: string;
  readonly seq: number;
  readonly courseVersionId: string;
  readonly asked: Asked;
  readonly requestHash: string;
  readonly takenIn: TakenIn | undefined;
  readonly accepted: boolean;
  readonly exception: string;
  readonly status: SessionStatus;
  readonly activityBefore: string;
  readonly activityAfter: string;
  readonly stateHash: Buffer;
  readonly delivery: string | null;
  readonly shared: string | null;
  /** Of the core, in microseconds. */
  readonly durationUs: number;
}

/** What else is written with a step. */
export interface StepRecord extends StepRow {
  /** JSON of the whole state; null where `difference` is given. */
  readonly snapshot: string | null;
  readonly difference: string | null;
  /** Deflated JSON. */
  readonly trace: Buffer;
}

const columns = `id, instance_id as "instanceId", revision, launch_id as "launchId", seq,
  course_version_id as "courseVersionId", request, request_hash as "requestHash", taken_in as "takenIn", accepted,
  exception, status, activity_before as "activityBefore", activity_after as "activityAfter", state_hash as "stateHash",
  delivery, shared, duration_us as "durationUs"`;

type RawStep = Omit<StepRow, "asked" | "takenIn"> & { readonly request: string; readonly takenIn: string | null };

const read = ({ request, takenIn, ...row }: RawStep): StepRow => ({
  ...row,
  asked: JSON.parse(request) as Asked,
  takenIn: takenIn === null ? undefined : (JSON.parse(takenIn) as TakenIn),
});

/** The step that answered a call of a launch. */
export async function findStepOfCall(
  client: pg.ClientBase,
  instanceId: string,
  launchId: string,
  seq: number,
): Promise<StepRow | undefined> {
  const { rows } = await client.query<RawStep>({
    name: "find_step_of_call",
    text: `select ${columns} from step where instance_id = $1 and launch_id = $2 and seq = $3`,
    values: [instanceId, launchId, seq],
  });
  return rows[0] && read(rows[0]);
}

/** Highest call of a launch that was answered, undefined for none. */
export async function lastSeqOf(
  client: pg.ClientBase,
  instanceId: string,
  launchId: string,
): Promise<number | undefined> {
  const { rows } = await client.query<{ seq: number | null }>(
    "select max(seq) as seq from step where instance_id = $1 and launch_id = $2",
    [instanceId, launchId],
  );
  return rows[0]?.seq ?? undefined;
}

export async function findStep(
  client: pg.ClientBase,
  organizationId: string,
  id: string,
): Promise<StepRow | undefined> {
  const { rows } = await client.query<RawStep>(`select ${columns} from step where id = $1 and tenant_id = $2`, [
    id,
    organizationId,
  ]);
  return rows[0] && read(rows[0]);
}

/** Which steps of an instance are read. */
export interface StepRange {
  /** Only this launch; empty: all. */
  readonly launchId?: string;
  /** Only later ones. */
  readonly after?: number;
  /** Not later than this. */
  readonly until?: number;
  readonly limit?: number;
}

/** Steps of an instance by revision. */
export async function listSteps(client: pg.ClientBase, instanceId: string, range: StepRange = {}): Promise<StepRow[]> {
  const { launchId = "", after = 0, until, limit } = range;
  const { rows } = await client.query<RawStep>(
    `select ${columns} from step where instance_id = $1 and ($2 = '' or launch_id::text = $2) and revision > $3
       and ($4::int is null or revision <= $4) order by revision limit $5`,
    [instanceId, launchId, after, until ?? null, limit ?? null],
  );
  return rows.map(read);
}

export async function countSteps(client: pg.ClientBase, instanceId: string, launchId: string): Promise<bigint> {
  const { rows } = await client.query<{ count: string }>(
    "select count(*) from step where instance_id = $1 and ($2 = '' or launch_id::text = $2)",
    [instanceId, launchId],
  );
  return BigInt(rows[0]?.count ?? 0);
}

export async function insertStep(client: pg.ClientBase, organizationId: string, step: StepRecord): Promise<void> {
  await client.query({
    name: "insert_step",
    text: `insert into step (id, tenant_id, instance_id, revision, launch_id, seq, kind, course_version_id, stepped_at, request,
        request_hash, taken_in, accepted, exception, status, activity_before, activity_after, state_hash, snapshot,
        difference, delivery, shared, trace, duration_us)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)`,
    values: [
      step.id,
      organizationId,
      step.instanceId,
      step.revision,
      step.launchId,
      step.seq,
      step.asked.kind,
      step.courseVersionId,
      step.asked.now,
      JSON.stringify(step.asked),
      step.requestHash,
      step.takenIn === undefined ? null : JSON.stringify(step.takenIn),
      step.accepted,
      step.exception,
      step.status,
      step.activityBefore,
      step.activityAfter,
      step.stateHash,
      step.snapshot,
      step.difference,
      step.delivery,
      step.shared,
      step.trace,
      step.durationUs,
    ],
  });
}
