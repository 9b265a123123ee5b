import type { OutboxRow } from "@coursemesh/platform/events/outbox.ts";
import type pg from "pg";
import type { CatalogChanges } from "../catalog/catalog-changes.ts";
import { AUTHORITY_TO_RELATED, type StatementKey } from "../statement/statement-key.ts";
import type { PreparedStatement } from "./prepared-statement.ts";

/** What one turn did. Nothing was written unless both lists are empty. */
export interface Turn {
  /** Ids that are stored already. */
  readonly known: readonly string[];
  /** Activities that somebody else described in between. */
  readonly stale: readonly StatementKey[];
  /** Position of the last statement; the others precede it, one apart. */
  readonly lastPosition: number;
}

const types = [
  ...["uuid", "bigint"],
  ...["uuid[]", "text", "int[]", "int[]", "bigint[]", "bigint[]", "bigint[]", "bigint[]", "text[]", "text[]"],
  ...["uuid[]", "boolean[]"],
  ...["bigint[]", "text[]", "text[]", "text[]"],
  ...["bigint[]", "text[]", "text[]", "int[]"],
  ...["bigint[]", "text[]", "text[]"],
  ...["uuid[]", "text[]", "bytea[]", "text[]"],
];
// What is called in the select list runs behind the function, in its turn.
const text = `select *, refuse_removed($1, $3::uuid[]) from store_statements(${types.map((type, index) => `$${index + 1}::${type}`).join(", ")})`;

/** An array as PostgreSQL writes it, of what needs no quotation marks: numbers, UUIDs, hashes. The driver would escape each element. */
const list = (elements: readonly unknown[]): string => `{${elements.join(",")}}`;

/**
 * Writes statements of one organization in one statement, which is one transaction and one round trip. Fails with SQLSTATE CM001, and
 * writes nothing, when one of them was removed before.
 */
export async function storeStatements(
  pool: pg.Pool,
  tenantId: string,
  statements: readonly PreparedStatement[],
  { agents, activities, verbs }: CatalogChanges,
  events: readonly OutboxRow[],
): Promise<Turn> {
  const column = <T>(of: (statement: PreparedStatement) => T): T[] => statements.map(of);
  const values = [
    tenantId,
    AUTHORITY_TO_RELATED,
    list(column((it) => it.id)),
    // One text costs a fraction of an array, whose every quotation mark is escaped here and read there.
    column((it) => it.raw).join("\u0001"),
    list(column((it) => it.storedAt)),
    list(column((it) => it.timestampAt)),
    list(column((it) => it.actor)),
    list(column((it) => it.verb.key)),
    list(column((it) => it.activity)),
    list(column((it) => it.authority)),
    list(column((it) => `"${list(it.keys)}"`)),
    list(column((it) => `"${list(it.attachments)}"`)),
    list(column((it) => it.target ?? "NULL")),
    list(column((it) => it.voids)),
    agents.map((it) => it.key),
    agents.map((it) => it.identifier),
    agents.map((it) => it.json),
    agents.map((it) => it.name),
    activities.map((it) => it.key),
    activities.map((it) => it.iri),
    activities.map((it) => it.definition),
    activities.map((it) => it.version),
    verbs.map((it) => it.key),
    verbs.map((it) => it.iri),
    verbs.map((it) => it.display),
    events.map((it) => it.id),
    events.map((it) => it.type),
    events.map((it) => Buffer.from(it.payload)),
    events.map((it) => it.traceparent),
  ];
  // The name makes PostgreSQL keep the statement's plan on each connection.
  const { rows } = await pool.query<{ known: string[]; stale: string[]; last_position: string | null }>({
    name: "store_statements",
    text,
    values,
  });
  const [row] = rows;
  if (row === undefined) throw new Error("storing answered nothing");
  return { known: row.known, stale: row.stale, lastPosition: Number(row.last_position ?? 0) };
}
