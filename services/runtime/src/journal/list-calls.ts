import { create } from "@bufbuild/protobuf";
import { timestampFromDate, timestampFromMs } from "@bufbuild/protobuf/wkt";
import { type Call, CallSchema } from "@coursemesh/proto/coursemesh/runtime/v1/journal_pb.ts";
import type pg from "pg";
import type { CallTuple } from "./read-calls.ts";
import { readSegments, type Segment } from "./segments.ts";

/** Which calls of an instance are wanted. */
export interface CallFilter {
  /** Empty: all launches. */
  readonly launchId: string;
  readonly activity: string;
  readonly methods: readonly string[];
  readonly errorsOnly: boolean;
  /** Part of the element or value. */
  readonly query: string;
  readonly descending: boolean;
}

/** A call with its place. */
export interface PlacedCall {
  readonly launchId: string;
  readonly seq: number;
  readonly receivedAt: Date;
  readonly tuple: CallTuple;
}

/** Segments that are read at once. */
const BATCH = 50;
const HIGHEST_SEQ = 2 ** 31 - 1;

/** Walks through the calls of an instance by launch and number, from behind `after`; the reader stops when it has enough. */
export async function* walkCalls(
  client: pg.ClientBase,
  instanceId: string,
  filter: CallFilter,
  after: { readonly launchId: string; readonly seq: number } | undefined,
): AsyncGenerator<PlacedCall> {
  const { descending } = filter;
  const wanted = callTest(filter);
  const direction = descending ? "desc" : "asc";
  const { rows } = await client.query<{ id: string }>(
    `select id from launch where instance_id = $1 and last_seq > 0 and ($2 = '' or id::text = $2)
       and ($3 = '' or ${descending ? "id <= $3::uuid" : "id >= $3::uuid"}) order by id ${direction}`,
    [instanceId, filter.launchId, after?.launchId ?? ""],
  );
  for (const { id } of rows) {
    const behind = after?.launchId === id ? after.seq : undefined;
    let from = descending ? 1 : (behind ?? 0) + 1;
    let to = descending && behind !== undefined ? behind - 1 : HIGHEST_SEQ;
    for (let more = true; more; ) {
      const segments = await readSegments(client, id, from, to, BATCH, descending);
      for (const segment of segments) yield* callsOf(segment, from, to, descending, wanted);
      const last = segments.at(-1);
      more = segments.length === BATCH;
      if (last && descending) to = last.firstSeq - 1;
      else if (last) from = last.lastSeq + 1;
    }
  }
}

/** A call as the contract shows it. */
export function callMessage({ launchId, seq, receivedAt, tuple }: PlacedCall): Call {
  const [at, activity, method, element, value, result, error] = tuple;
  return create(CallSchema, {
    launchId,
    seq,
    callTime: timestampFromMs(Math.trunc(at)),
    receiveTime: timestampFromDate(receivedAt),
    activity: activity.toWellFormed(),
    method,
    element: element.toWellFormed(),
    value: value.toWellFormed(),
    result: result.toWellFormed(),
    error: error.toWellFormed(),
  });
}

function* callsOf(
  segment: Segment,
  from: number,
  to: number,
  descending: boolean,
  wanted: (tuple: CallTuple) => boolean,
): Generator<PlacedCall> {
  const { launchId, firstSeq, receivedAt, tuples } = segment;
  for (let step = 0; step < tuples.length; step += 1) {
    const index = descending ? tuples.length - 1 - step : step;
    const tuple = tuples[index];
    const seq = firstSeq + index;
    if (tuple !== undefined && seq >= from && seq <= to && wanted(tuple)) yield { launchId, seq, receivedAt, tuple };
  }
}

function callTest(filter: CallFilter): (tuple: CallTuple) => boolean {
  const query = filter.query.toLowerCase();
  return ([, activity, method, element, value, , error]) =>
    (filter.activity === "" || activity === filter.activity) &&
    (filter.methods.length === 0 || filter.methods.includes(method)) &&
    (!filter.errorsOnly || error !== "0") &&
    (query === "" || element.toLowerCase().includes(query) || value.toLowerCase().includes(query));
}
