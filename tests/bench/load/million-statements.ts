import { statementKey } from "@coursemesh/lrs/statement/statement-key.ts";
import { agentKey } from "@coursemesh/xapi/agent-key.ts";
import pg from "pg";
import {
  CATEGORY,
  COURSES,
  courseIri,
  courseStatement,
  LEARNERS,
  learnerAccount,
  REGISTRATIONS,
  registrationId,
  UNITS,
  unitIri,
  VERBS,
  verbIri,
} from "./lrs-statements.ts";

/** An old course that nobody has touched since: its statements are the first hundredth. */
export const OLD_ACTIVITY = "https://courses.example.com/old";
/** The time between two statements, microseconds. */
const APART = 1_000_000;

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/**
 * Fills the store with statements as {@link courseStatement} makes them, one a second up to now, without going through it: what queries
 * find them by is there as if they had been stored. The JSON differs in id only.
 */
export async function fillStatements(ownerUrl: string, tenantId: string, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query("set search_path to coursemesh_lrs");
    await client.query("set row_security = off");
    const [head = "", tail = ""] = courseStatement("@").split('"@"');
    const first = Date.now() * 1000 - (count + 60) * APART;
    const keys = (facet: Parameters<typeof statementKey>[0], identifiers: readonly string[]): string[] =>
      identifiers.map((it) => statementKey(facet, it));
    const learners = range(LEARNERS).map((it) => agentKey({ account: learnerAccount(it) }) ?? "");
    await client.query(
      `insert into statement (tenant_id, position, id, raw, stored_at, timestamp_at, actor, verb, activity, authority, keys)
       select $1, $2::bigint + g * ${APART}, m.id, $3 || '"' || m.id || '"' || $4, 0, 0, m.actor, m.verb, m.activity, $5, array[
         m.actor, m.verb, m.activity, ($6::bigint[])[1 + m.unit % ${COURSES}], ($7::bigint[])[1 + m.unit % ${COURSES}], $8,
         ($9::bigint[])[1 + m.registration]]
       from generate_series(1, $10::bigint) g
       cross join lateral (select gen_random_uuid() as id, (g * 7919 + g / 11) % ${UNITS} as unit, (g * 104729) % ${REGISTRATIONS} as registration,
         ($11::bigint[])[1 + (g * 15485863) % ${LEARNERS}] as actor, ($12::bigint[])[1 + (g * 31 + g / 7) % ${VERBS.length}] as verb,
         case when g <= $10 / 100 then $13::bigint else ($14::bigint[])[1 + (g * 7919 + g / 11) % ${UNITS}] end as activity) m`,
      [
        tenantId,
        first,
        head,
        tail,
        statementKey("authority", "account::bench@https://lms.example.com"),
        keys("relatedActivity", range(COURSES).map(courseIri)),
        keys(
          "relatedActivity",
          range(COURSES).map((it) => `${courseIri(it)}/edition/1`),
        ),
        statementKey("relatedActivity", CATEGORY),
        keys("registration", range(REGISTRATIONS).map(registrationId)),
        count,
        keys("agent", learners),
        keys("verb", range(VERBS.length).map(verbIri)),
        statementKey("activity", OLD_ACTIVITY),
        keys("activity", range(UNITS).map(unitIri)),
      ],
    );
    await client.query(
      `insert into statement_key (tenant_id, key, position)
       select s.tenant_id, k.key, s.position from statement s cross join lateral unnest(s.keys || s.authority) as k(key)
       where s.tenant_id = $1 order by k.key, s.position`,
      [tenantId],
    );
    await client.query(
      "insert into ingest_clock select $1, max(position) from statement where tenant_id = $1 on conflict do nothing",
      [tenantId],
    );
    await client.query("vacuum analyze");
  } finally {
    await client.end();
  }
}
