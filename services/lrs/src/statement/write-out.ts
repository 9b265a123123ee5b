import { create } from "@bufbuild/protobuf";
import { type Statement, StatementFormat, StatementSchema } from "@coursemesh/proto/coursemesh/lrs/v1/statement_pb.ts";
import { toCanonical, toIds } from "@coursemesh/xapi/format-statement.ts";
import type { ActivityDefinition, Statement as XapiStatement } from "@coursemesh/xapi/statement.ts";
import { activitiesOf } from "@coursemesh/xapi/statement-parts.ts";
import type pg from "pg";
import { timestampOfPosition } from "./position.ts";
import { statementKey } from "./statement-key.ts";
import { exactText, type StatementRow } from "./statement-row.ts";

/** How statements are to be written. */
export interface WrittenForm {
  readonly format: StatementFormat;
  /** `Accept-Language` value. */
  readonly language: string;
}

/** Writes rows in a format; the canonical one reads the definitions of their activities. The session must be the tenant's. */
export async function writeOut(
  client: pg.ClientBase,
  tenantId: string,
  rows: readonly StatementRow[],
  { format, language }: WrittenForm,
): Promise<Statement[]> {
  if (format === StatementFormat.IDS) return rows.map((row) => message(row, JSON.stringify(toIds(parsed(row)))));
  if (format !== StatementFormat.CANONICAL) return rows.map((row) => message(row, exactText(row)));
  const statements = rows.map(parsed);
  const definitions = await definitionsOf(client, tenantId, statements);
  return rows.map((row, index) => {
    const statement = statements[index] ?? parsed(row);
    return message(row, JSON.stringify(toCanonical(statement, (id) => definitions.get(id), language)));
  });
}

const parsed = (row: StatementRow): XapiStatement => JSON.parse(exactText(row)) as XapiStatement;

function message(row: StatementRow, json: string): Statement {
  return create(StatementSchema, {
    id: row.id,
    stored: timestampOfPosition(Number(row.position)),
    json: Buffer.from(json),
    voided: row.voided,
    attachmentHashes: [...row.attachments],
  });
}

async function definitionsOf(
  client: pg.ClientBase,
  tenantId: string,
  statements: readonly XapiStatement[],
): Promise<Map<string, ActivityDefinition>> {
  const iris = new Map<string, string>();
  for (const statement of statements) {
    for (const { id } of activitiesOf(statement)) iris.set(statementKey("activity", id), id);
  }
  const { rows } = await client.query<{ key: string; definition: string }>(
    "select key, definition from activity where tenant_id = $1 and key = any($2) and definition <> ''",
    [tenantId, [...iris.keys()]],
  );
  return new Map(rows.map((row) => [iris.get(row.key) ?? "", JSON.parse(row.definition) as ActivityDefinition]));
}
