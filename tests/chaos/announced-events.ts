import pg from "pg";

/**
 * Ids of all events that services have announced: the outboxes themselves, past every relay, bus and log. What the webhook service tells of
 * itself is left out, because only those are told who ask for it by name.
 * @param url of the installation's database, as its owner.
 */
export async function announcedEvents(url: string): Promise<Set<string>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: outboxes } = await client.query<{ schema: string }>(
      "select table_schema as schema from information_schema.tables where table_name = 'outbox' and table_schema <> 'coursemesh_webhook'",
    );
    const ids = new Set<string>();
    for (const { schema } of outboxes) {
      const { rows } = await client.query<{ id: string }>(`select id from ${pg.escapeIdentifier(schema)}.outbox`);
      for (const { id } of rows) ids.add(id);
    }
    return ids;
  } finally {
    await client.end();
  }
}
