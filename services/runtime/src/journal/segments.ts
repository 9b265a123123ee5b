import type pg from "pg";
import type { CallTuple } from "./read-calls.ts";

/** One delivered run of calls. */
export interface Segment {
  readonly launchId: string;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly epoch: number;
  readonly receivedAt: Date;
  readonly tuples: readonly CallTuple[];
}

interface SegmentColumns {
  launch_id: string;
  first_seq: number;
  last_seq: number;
  epoch: number;
  received_at: Date;
  calls: string;
}

const columns = "launch_id, first_seq, last_seq, epoch, received_at, calls";

/** Segments of a launch that have calls between two numbers, both included, in order. */
export async function readSegments(
  client: pg.ClientBase,
  launchId: string,
  from: number,
  to: number,
  limit = 1_000_000,
  descending = false,
): Promise<Segment[]> {
  const { rows } = await client.query<SegmentColumns>(
    `select ${columns} from journal_segment where launch_id = $1 and last_seq >= $2 and first_seq <= $3
     order by first_seq ${descending ? "desc" : "asc"} limit $4`,
    [launchId, from, to, limit],
  );
  return rows.map(toSegment);
}

/** Where a segment lies, without its calls. */
export interface SegmentPlace {
  readonly launchId: string;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly epoch: number;
}

/** All segments of an instance in the order in which they were folded. */
export async function segmentPlaces(client: pg.ClientBase, instanceId: string): Promise<SegmentPlace[]> {
  const { rows } = await client.query<SegmentColumns>(
    `select launch_id, first_seq, last_seq, epoch from journal_segment
     where launch_id = any(array(select id from launch where instance_id = $1)) order by epoch, first_seq`,
    [instanceId],
  );
  return rows.map((row) => ({
    launchId: row.launch_id,
    firstSeq: row.first_seq,
    lastSeq: row.last_seq,
    epoch: row.epoch,
  }));
}

function toSegment(row: SegmentColumns): Segment {
  return {
    launchId: row.launch_id,
    firstSeq: row.first_seq,
    lastSeq: row.last_seq,
    epoch: row.epoch,
    receivedAt: row.received_at,
    tuples: JSON.parse(row.calls) as CallTuple[],
  };
}
