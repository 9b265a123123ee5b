import type { SequencingAnswer } from "@coursemesh/scorm/instance2004/sequencing-answer.ts";
import type pg from "pg";

/** An answer as it was stored; undefined when there is none. */
export async function readAnswer(
  client: pg.ClientBase,
  launchId: string,
  seq: number,
): Promise<SequencingAnswer | undefined> {
  const { rows } = await client.query<{ answer: string }>(
    "select answer from sequencing_answer where launch_id = $1 and seq = $2",
    [launchId, seq],
  );
  return rows[0] && (JSON.parse(rows[0].answer) as SequencingAnswer);
}

/** The answers to calls of a launch between two numbers, both included. */
export async function readAnswers(
  client: pg.ClientBase,
  launchId: string,
  from: number,
  to: number,
): Promise<SequencingAnswer[]> {
  const { rows } = await client.query<{ answer: string }>(
    "select answer from sequencing_answer where launch_id = $1 and seq between $2 and $3 order by seq",
    [launchId, from, to],
  );
  return rows.map((row) => JSON.parse(row.answer) as SequencingAnswer);
}

/** Stores an answer for good. @returns its size in characters. */
export async function insertAnswer(
  client: pg.ClientBase,
  organizationId: string,
  answer: SequencingAnswer,
  now: Date,
): Promise<number> {
  const text = JSON.stringify(answer);
  await client.query(
    "insert into sequencing_answer (launch_id, seq, tenant_id, answered_at, answer) values ($1, $2, $3, $4, $5)",
    [answer.launch, answer.seq, organizationId, now, text],
  );
  return text.length;
}
