import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  type DestinationSummary,
  DestinationSummarySchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/destination_pb.ts";
import type pg from "pg";
import { UNACKNOWLEDGED } from "../dispatch/unacknowledged.ts";
import { toUsage, usageOfDestinations } from "../licence/licence-usage.ts";
import type { DestinationRow } from "./destination-row.ts";

const LAUNCH_DAYS = 30;

interface Counts {
  readonly id: string;
  readonly dispatch_count: number;
  readonly launch_count: string;
  readonly unacknowledged_count: string;
}

/** Figures of destinations by their id. */
export async function destinationSummaries(
  client: pg.ClientBase,
  destinations: readonly DestinationRow[],
  now: Date,
): Promise<ReadonlyMap<string, DestinationSummary>> {
  const ids = destinations.map(({ id }) => id);
  const since = new Date(now.getTime() - LAUNCH_DAYS * 24 * 60 * 60 * 1000);
  const { rows } = await client.query<Counts>(
    `select d.destination_id as id, count(*)::int as dispatch_count,
       sum((select count(*) from launch_exchange l join external_session e on e.id = l.external_session_id
            where l.dispatch_id = d.id and l.created_at > $2 and not e.test))::bigint as launch_count,
       sum((select count(*) from external_session e where e.dispatch_id = d.id and ${UNACKNOWLEDGED}))::bigint as unacknowledged_count
     from dispatch d where d.destination_id = any($1::uuid[]) group by d.destination_id`,
    [ids, since],
  );
  const counts = new Map(rows.map((row) => [row.id, row]));
  const usages = await usageOfDestinations(client, ids, now);
  const summaryOf = ({ id, lms_product, last_contact_at }: DestinationRow): DestinationSummary => {
    const own = counts.get(id);
    const usage = usages.get(id);
    return create(DestinationSummarySchema, {
      dispatchCount: own?.dispatch_count ?? 0,
      ...(usage && { usage: toUsage(usage, now) }),
      launchCount: BigInt(own?.launch_count ?? 0),
      unacknowledgedCount: BigInt(own?.unacknowledged_count ?? 0),
      lmsProduct: lms_product,
      ...(last_contact_at && { lastContactTime: timestampFromDate(last_contact_at) }),
    });
  };
  return new Map(destinations.map((row) => [row.id, summaryOf(row)]));
}
