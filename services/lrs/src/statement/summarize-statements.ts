import { create } from "@bufbuild/protobuf";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { cutPage, readPageRequest } from "@coursemesh/platform/page/page-token.ts";
import {
  type StatementSummary,
  StatementSummarySchema,
  type SummarizeStatementsRequest,
  SummaryGroup,
} from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { pickLanguage } from "@coursemesh/xapi/language-range.ts";
import type { LanguageMap } from "@coursemesh/xapi/statement.ts";
import type pg from "pg";
import { timestampOfPosition } from "./position.ts";
import { readFilter } from "./read-filter.ts";
import { driverOf, statementsSql } from "./read-statements.ts";
import { AUTHORITY_TO_AGENT } from "./statement-key.ts";

interface SummaryRow {
  grouped: string;
  /** Agent JSON or IRI; null for a day. */
  key: string | null;
  /** A name, or JSON that holds one. */
  name: string | null;
  count: string;
  first: string;
  last: string;
}

interface Group {
  /** Key of the group. */
  readonly column: string;
  /** The catalogue, and its columns for key and name. */
  readonly from: "agent" | "activity" | "verb";
  readonly key: string;
  readonly name: string;
  /** Key in the catalogue. */
  readonly catalogKey: string;
}

/** The column that is grouped by and where its key and name are to be found. */
const GROUPS: Readonly<Record<number, Group>> = {
  [SummaryGroup.AGENT]: { column: "s.actor", from: "agent", key: "json", name: "name", catalogKey: "g.grouped" },
  [SummaryGroup.ACTIVITY]: {
    column: "s.activity",
    from: "activity",
    key: "iri",
    name: "definition",
    catalogKey: "g.grouped",
  },
  [SummaryGroup.VERB]: { column: "s.verb", from: "verb", key: "iri", name: "display", catalogKey: "g.grouped" },
  [SummaryGroup.AUTHORITY]: {
    column: "s.authority",
    from: "agent",
    key: "json",
    name: "name",
    catalogKey: `(g.grouped # ${AUTHORITY_TO_AGENT})`,
  },
};

/** Counts the statements of a filter by group, the largest first, or by day in order. @throws QUERY_INVALID, PAGE_TOKEN_INVALID, FIELD_INVALID */
export async function summarizeStatements(pool: pg.Pool, tenantId: string, request: SummarizeStatementsRequest) {
  const { groupBy, filter, page, timeZone } = request;
  const query = readFilter(filter, false);
  const list = `statement summary ${tenantId} ${groupBy} ${timeZone} ${JSON.stringify(query)}`;
  const start = readPageRequest(page, list);
  const zone = zoneOf(timeZone);
  const rows = await inTenant(pool, tenantId, async (client) => {
    const values: unknown[] = [tenantId];
    const driver = await driverOf(client, tenantId, query);
    const group = GROUPS[groupBy];
    const column = group?.column ?? dayColumn(values, zone);
    const statements = statementsSql(driver, query, `${column} as grouped, s.position`, values);
    const counted = `select grouped, count(*) as count, min(position) as first, max(position) as last from (${statements}) s group by grouped`;
    const limit = `limit ${start.limit + 1}`;
    if (group) return readGroups(client, counted, group, start.after, limit, values);
    return readDays(client, counted, start.after, limit, values);
  });
  const { rows: kept, nextPageToken } = cutPage(rows, start, list, (row) =>
    row.key === null ? [row.grouped] : [row.count, row.grouped],
  );
  return { summaries: kept.map(summaryOf), page: { nextPageToken } };
}

function dayColumn(values: unknown[], zone: string): string {
  values.push(zone);
  return `to_char(to_timestamp(s.position / 1000000) at time zone $${values.length}, 'YYYY-MM-DD')`;
}

type After = readonly (string | number)[] | undefined;

async function readDays(client: pg.ClientBase, counted: string, after: After, limit: string, values: unknown[]) {
  if (after) values.push(after[0]);
  const where = after ? `where grouped > $${values.length}` : "";
  const { rows } = await client.query<SummaryRow>(
    `select g.*, null as key, null as name from (${counted}) g ${where} order by grouped ${limit}`,
    values,
  );
  return rows;
}

async function readGroups(
  client: pg.ClientBase,
  counted: string,
  group: Group,
  after: After,
  limit: string,
  values: unknown[],
) {
  if (after) values.push(after[0], after[1]);
  const where = after ? `and (count, grouped) < ($${values.length - 1}::bigint, $${values.length}::bigint)` : "";
  const { rows } = await client.query<SummaryRow>(
    `select g.*, coalesce(c.${group.key}, '') as key, c.${group.name} as name
     from (select * from (${counted}) g where grouped <> 0 ${where} order by count desc, grouped desc ${limit}) g
     left join ${group.from} c on c.tenant_id = $1 and c.key = ${group.catalogKey}
     order by count desc, grouped desc`,
    values,
  );
  return rows;
}

function zoneOf(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: timeZone || "UTC" }).resolvedOptions().timeZone;
  } catch {
    throw fieldInvalid("time_zone", "is no time zone");
  }
}

function summaryOf(row: SummaryRow): StatementSummary {
  const key = row.key ?? row.grouped;
  return create(StatementSummarySchema, {
    key,
    name: nameOf(row.name ?? "") || key,
    statementCount: BigInt(row.count),
    firstStored: timestampOfPosition(Number(row.first)),
    lastStored: timestampOfPosition(Number(row.last)),
  });
}

/** A name as it is, or the English or first one of a definition or a display. */
function nameOf(name: string): string {
  if (!name.startsWith("{")) return name;
  const json = JSON.parse(name) as { readonly name?: LanguageMap } & LanguageMap;
  const map = typeof json.name === "object" ? json.name : json;
  const [picked] = Object.values(pickLanguage(map as LanguageMap, "en"));
  return typeof picked === "string" ? picked : "";
}
