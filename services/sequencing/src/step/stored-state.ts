import { promisify } from "node:util";
import { deflateRawSync, inflateRaw } from "node:zlib";
import { canonicalJson } from "@coursemesh/platform/json/canonical-json.ts";
import type { SequencingState } from "@coursemesh/scorm/sequencing/session.ts";
import type { TraceEntry } from "@coursemesh/scorm/sequencing/trace.ts";
import type pg from "pg";
import { differenceOf, emptyState, type StateDifference, withDifference } from "../session/state-difference.ts";

/** Every so many steps the whole state is stored, so that a state in between is put together from few rows. */
const SNAPSHOT_EVERY = 32;

/** How the state after a step is stored: the whole of it, or what differs from the step before. */
export function storedForm(
  revision: number,
  before: SequencingState,
  after: SequencingState,
  afterJson: string,
): { readonly snapshot: string | null; readonly difference: string | null } {
  if (revision % SNAPSHOT_EVERY === 0) return { snapshot: afterJson, difference: null };
  return { snapshot: null, difference: canonicalJson(differenceOf(before, after)) };
}

/** The state as it stood after a step; before the first one, that of a course nobody has begun. */
export async function stateAfter(
  client: pg.ClientBase,
  instanceId: string,
  revision: number,
): Promise<SequencingState> {
  const { rows } = await client.query<{ snapshot: string | null; difference: string | null }>(
    `select snapshot, difference from step where instance_id = $1 and revision <= $2 and revision >= $3 order by revision`,
    [instanceId, revision, revision - (revision % SNAPSHOT_EVERY)],
  );
  let state = emptyState;
  for (const { snapshot, difference } of rows) {
    state =
      snapshot === null
        ? withDifference(state, JSON.parse(difference ?? "{}") as StateDifference)
        : (JSON.parse(snapshot) as SequencingState);
  }
  return state;
}

export function packTrace(trace: readonly TraceEntry[]): Buffer {
  return deflateRawSync(JSON.stringify(trace));
}

const inflate = promisify(inflateRaw);

/** The core's traces of the steps between two revisions, by revision. */
export async function readTraces(
  client: pg.ClientBase,
  instanceId: string,
  after: number,
  until: number,
): Promise<Map<number, TraceEntry[]>> {
  const { rows } = await client.query<{ revision: number; trace: Buffer }>(
    "select revision, trace from step where instance_id = $1 and revision > $2 and revision <= $3",
    [instanceId, after, until],
  );
  const traces = await Promise.all(
    rows.map(async ({ revision, trace }) => [revision, JSON.parse((await inflate(trace)).toString())] as const),
  );
  return new Map(traces);
}
