import type { OutboxRow } from "@coursemesh/platform/events/outbox.ts";
import type { SequencingAnswer } from "@coursemesh/scorm/instance2004/sequencing-answer.ts";
import type pg from "pg";
import type { StateRow } from "../instance/instance-model.ts";
import type { JournalInstance } from "../journal/instance-memory.ts";
import { writeOutbox } from "../launch/write-outbox.ts";
import type { StoredResult } from "../result/result.ts";
import { insertAnswer } from "./stored-answers.ts";

/** An answer, folded and ready to be written. */
export interface AnswerWrite {
  /** As it was when the answer was folded. */
  readonly instance: JournalInstance;
  readonly answer: SequencingAnswer;
  readonly current: string;
  readonly result: StoredResult;
  readonly rows: readonly StateRow[];
  /** Whether the registration moves up in lists. */
  readonly touched: boolean;
  readonly events: readonly OutboxRow[];
  readonly at: Date;
}

/** Writes an answer with all that follows from it, in the caller's transaction. @returns its size; undefined when the instance had changed. */
export async function writeAnswer(client: pg.ClientBase, write: AnswerWrite): Promise<number | undefined> {
  const { instance, answer, current, result, rows, at } = write;
  const { completion, success, scoreScaled, scoreRaw, scoreMin, scoreMax, totalSeconds, progress } = result;
  const { rowCount } = await client.query(
    `update instance set version = version + 1, current_activity = $3,
       completion = $4::smallint, success = $5, score_scaled = $6, score_raw = $7, score_min = $8, score_max = $9, total_seconds = $10,
       progress = $11, completed_at = case when $4::smallint = 3 then coalesce(completed_at, $12::timestamptz) end
     where id = $1 and version = $2`,
    [
      ...[instance.id, instance.version, current, completion, success],
      ...[scoreScaled, scoreRaw, scoreMin, scoreMax, totalSeconds, progress, at],
    ],
  );
  if (rowCount === 0) return undefined;
  const size = await insertAnswer(client, instance.tenantId, answer, at);
  await client.query(
    `insert into activity_state (instance_id, activity, tenant_id, state)
     select $1, s.activity, $2, s.state from unnest($3::text[], $4::text[]) as s(activity, state)
     on conflict (instance_id, activity) do update set state = excluded.state`,
    [instance.id, instance.tenantId, rows.map(([activity]) => activity), rows.map(([, state]) => state)],
  );
  if (write.touched) {
    await client.query(
      "update registration set completion = $3, success = $4, updated_at = greatest(updated_at, $5) where id = $1 and instance_id = $2",
      [instance.registrationId, instance.id, completion, success, at],
    );
  }
  await writeOutbox(client, write.events);
  return size;
}
