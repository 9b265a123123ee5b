import { create } from "@bufbuild/protobuf";
import {
  type PackageFigures,
  PackageFiguresSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_analytics_pb.ts";
import { PackageState } from "@coursemesh/proto/coursemesh/dispatch/v1/package_pb.ts";
import type pg from "pg";
import type { Bounds } from "./read-figures.ts";

interface Row {
  readonly generated: string;
  readonly failed: string;
  readonly generation_ms: number | null;
  readonly downloads: string;
  readonly failed_downloads: string;
  readonly callbacks: string;
  readonly failed_callbacks: string;
}

/** Figures of packages and callbacks between two times, of an organization or one of its destinations. */
export async function packageFigures(
  client: pg.ClientBase,
  tenantId: string,
  { from, until }: Bounds,
  destinationId: string | undefined,
): Promise<PackageFigures> {
  const { rows } = await client.query<Row>(
    `with mine as (select id from dispatch where tenant_id = $1 and ($4::uuid is null or destination_id = $4)),
     made as (select * from package p where p.tenant_id = $1 and p.created_at >= $2 and p.created_at < $3
       and (p.dispatch_id in (select id from mine) or p.destination_id = $4 or ($4 is null and p.destination_id is not null)))
     select
       (select count(*) from made where state = ${PackageState.READY}) as generated,
       (select count(*) from made where state = ${PackageState.FAILED}) as failed,
       (select avg(generation_ms)::float8 from made where state = ${PackageState.READY}) as generation_ms,
       (select count(*) from package_download l where l.tenant_id = $1 and l.counted_at >= $2 and l.counted_at < $3
          and l.package_id in (select id from package where dispatch_id in (select id from mine) or destination_id = $4)) as downloads,
       (select coalesce(sum(failed_download_count), 0) from made) as failed_downloads,
       (select count(*) from callback c where c.tenant_id = $1 and c.received_at >= $2 and c.received_at < $3
          and c.dispatch_id in (select id from mine)) as callbacks,
       (select count(*) from callback c where c.tenant_id = $1 and c.received_at >= $2 and c.received_at < $3
          and c.refusal <> '' and c.dispatch_id in (select id from mine)) as failed_callbacks`,
    [tenantId, from, until, destinationId ?? null],
  );
  const [row] = rows;
  return create(PackageFiguresSchema, {
    generated: BigInt(row?.generated ?? 0),
    failed: BigInt(row?.failed ?? 0),
    downloads: BigInt(row?.downloads ?? 0),
    failedDownloads: BigInt(row?.failed_downloads ?? 0),
    callbacks: BigInt(row?.callbacks ?? 0),
    failedCallbacks: BigInt(row?.failed_callbacks ?? 0),
    ...(row?.generation_ms != null && { averageGenerationMs: row.generation_ms }),
  });
}
