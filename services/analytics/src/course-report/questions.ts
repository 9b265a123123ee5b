import { create } from "@bufbuild/protobuf";
import {
  type QuestionReport,
  QuestionReportSchema,
} from "@coursemesh/proto/coursemesh/analytics/v1/course_report_pb.ts";
import type pg from "pg";
import type { Cohort } from "../figures/cohort.ts";

/** With fewer answers a discrimination says nothing. */
const FEWEST = 30;
const MOST_ANSWERS = 20;

interface QuestionRow {
  readonly activity_id: string;
  readonly question_id: string;
  readonly text: string;
  readonly type: string;
  readonly answered: string;
  readonly correct: string;
  readonly median: string | null;
  readonly scored: string;
  readonly scored_correct: string;
  readonly score: string;
  readonly score_squares: string;
  readonly score_correct: string;
}

interface AnswerRow {
  readonly activity_id: string;
  readonly question_id: string;
  readonly answer: string;
  readonly count: string;
  readonly correct: boolean;
}

/** Questions with how they were answered last, by activity and id. @param versionId empty: all. */
export async function listQuestions(
  client: pg.ClientBase,
  cohort: Cohort,
  versionId: string,
): Promise<QuestionReport[]> {
  const place = `$${cohort.values.length + 1}::uuid`;
  const from = `from registration_fact r join answer_fact a on a.tenant_id = r.tenant_id and a.registration_id = r.registration_id
     where ${cohort.where} and (${place} is null or a.course_version_id = ${place})`;
  const values = [...cohort.values, versionId || null];
  const { rows } = await client.query<QuestionRow>(
    `select a.activity_id, a.question_id, max(a.text) as text, max(a.type) as type, count(*) as answered,
       count(*) filter (where a.correct) as correct, percentile_cont(0.5) within group (order by a.latency_ms) as median,
       count(r.score) as scored, count(r.score) filter (where a.correct) as scored_correct, coalesce(sum(r.score), 0) as score,
       coalesce(sum(r.score::numeric * r.score), 0) as score_squares, coalesce(sum(r.score) filter (where a.correct), 0) as score_correct
     ${from} group by 1, 2`,
    values,
  );
  const { rows: answers } = await client.query<AnswerRow>(
    `select * from (
       select a.activity_id, a.question_id, a.answer, count(*) as count, bool_or(a.correct) as correct,
         row_number() over (partition by a.activity_id, a.question_id order by count(*) desc, a.answer) as place
       ${from} group by 1, 2, 3
     ) t where place <= ${MOST_ANSWERS} order by place`,
    values,
  );
  const keyOf = (row: { readonly activity_id: string; readonly question_id: string }): string =>
    JSON.stringify([row.activity_id, row.question_id]);
  const byQuestion = Map.groupBy(answers, keyOf);
  return rows
    .toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
    .map((row) => {
      const discrimination = discriminationOf(row);
      return create(QuestionReportSchema, {
        questionId: row.question_id,
        activityId: row.activity_id,
        text: row.text,
        type: row.type,
        answered: BigInt(row.answered),
        correct: { count: BigInt(row.correct), of: BigInt(row.answered) },
        ...(discrimination !== undefined && { discrimination }),
        ...(row.median !== null && { medianLatencyMs: Number(row.median) }),
        answers: (byQuestion.get(keyOf(row)) ?? []).map(({ answer, count, correct }) => ({
          answer,
          count: BigInt(count),
          correct,
        })),
      });
    });
}

/** Correlation of being right with the course's score (point-biserial). Of whole sums, so that it does not depend on an order. */
function discriminationOf(row: QuestionRow): number | undefined {
  const count = Number(row.scored);
  if (Number(row.answered) < FEWEST || count < FEWEST) return undefined;
  const right = Number(row.scored_correct);
  const score = Number(row.score);
  const spread = count * Number(row.score_squares) - score * score;
  const rights = right * (count - right);
  if (spread <= 0 || rights <= 0) return undefined;
  return (count * Number(row.score_correct) - right * score) / Math.sqrt(spread * rights);
}
