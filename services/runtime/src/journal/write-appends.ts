import type { OutboxRow } from "@coursemesh/platform/events/outbox.ts";
import type pg from "pg";
import type { Append } from "./append.ts";

const types = [
  ...[
    "uuid[]",
    "uuid[]",
    "bigint[]",
    "uuid[]",
    "uuid[]",
    "int[]",
    "int[]",
    "int[]",
    "timestamptz[]",
    "text[]",
    "text[]",
  ],
  ...["smallint[]", "smallint[]", "float8[]", "float8[]", "float8[]", "float8[]", "float8[]", "float8[]", "boolean[]"],
  ...["int[]", "text[]", "text[]"],
  ...["int[]", "uuid[]", "text[]", "bytea[]", "text[]"],
];
const text = `select append_journal(${types.map((type, index) => `$${index + 1}::${type}`).join(", ")}) as written`;

/**
 * Writes appends of different instances in one statement, which is one transaction and one round trip.
 * Answers for each whether it was written; false when its instance had changed since it was folded.
 */
export async function writeAppends(pool: pg.Pool, appends: readonly Append[]): Promise<boolean[]> {
  const column = <T>(of: (append: Append) => T): T[] => appends.map(of);
  const states: [member: number, activity: string, state: string][] = [];
  const events: [member: number, event: OutboxRow][] = [];
  for (const [index, append] of appends.entries()) {
    for (const [activity, state] of append.states) states.push([index + 1, activity, state]);
    for (const event of append.events) events.push([index + 1, event]);
  }
  const values = [
    column((it) => it.tenantId),
    column((it) => it.instanceId),
    column((it) => it.version),
    column((it) => it.launchId),
    column((it) => it.registrationId),
    column((it) => it.epoch),
    column((it) => it.firstSeq),
    column((it) => it.lastSeq),
    column((it) => it.receivedAt.toISOString()),
    column((it) => it.calls),
    column((it) => it.current),
    column((it) => it.result.completion),
    column((it) => it.result.success),
    column((it) => it.result.scoreScaled),
    column((it) => it.result.scoreRaw),
    column((it) => it.result.scoreMin),
    column((it) => it.result.scoreMax),
    column((it) => it.result.totalSeconds),
    column((it) => it.result.progress),
    column((it) => it.touched),
    states.map(([member]) => member),
    states.map(([, activity]) => activity),
    states.map(([, , state]) => state),
    events.map(([member]) => member),
    events.map(([, event]) => event.id),
    events.map(([, event]) => event.type),
    events.map(([, event]) => Buffer.from(event.payload)),
    events.map(([, event]) => event.traceparent),
  ];
  // The name makes PostgreSQL keep the statement's plan on each connection.
  const { rows } = await pool.query<{ written: number[] }>({ name: "append_journal", text, values });
  const written = new Set(rows[0]?.written);
  return appends.map((_, index) => written.has(index + 1));
}
