import type { ServiceImpl } from "@connectrpc/connect";
import { organizationOf } from "@coursemesh/platform/auth/caller.ts";
import type { Database } from "@coursemesh/platform/db/database.ts";
import type { ExportReportRequest, ExportService } from "@coursemesh/proto/coursemesh/analytics/v1/export_pb.ts";
import type pg from "pg";
import type { AnalyticsParts } from "../analytics-parts.ts";
import { sortedCourses, withFigures } from "../course-report/list-courses.ts";
import { listQuestions } from "../course-report/questions.ts";
import { courseNotFound } from "../errors.ts";
import { factQuery } from "../facts/fact-query.ts";
import { factKeys, readFacts, toRegistrationFacts } from "../facts/read-facts.ts";
import { cohortOf } from "../figures/cohort.ts";
import { presentEntity } from "../figures/entities.ts";
import { scopeOf } from "../figures/scope.ts";
import { pageOfLearners, sortKeysOf, withLearnerFigures } from "../learner-report/list-learners.ts";
import { readPeriod } from "../period/read-period.ts";
import { type ReadQuestion, readQuestion } from "../report/read-question.ts";
import { runReport } from "../report/run-report.ts";
import { savedQuestion } from "../saved-report/saved-report.rpc.ts";
import { beginSnapshot, endSnapshot } from "../store/snapshot.ts";
import { customersWithFigures, sortedCustomers } from "../usage/usage-report.rpc.ts";
import {
  type Column,
  courseColumns,
  customerColumns,
  learnerColumns,
  questionColumns,
  registrationColumns,
  reportColumns,
} from "./columns.ts";
import { tableWriter } from "./table-writer.ts";

/** Rows that are read, computed and sent together. */
const PAGE = 500;

/** A file before it is written: its columns, and its rows page by page. */
interface Table<Row = unknown> {
  readonly columns: readonly Column<Row>[];
  readonly pages: AsyncIterable<readonly Row[]>;
}

const table = <Row>(columns: readonly Column<Row>[], pages: AsyncIterable<readonly Row[]>): Table =>
  ({ columns, pages }) as unknown as Table;

/** Reports as files. A page is computed when the one before it has been taken. */
export function exportRpc({ pool, now }: AnalyticsParts, db: () => Database): ServiceImpl<typeof ExportService> {
  return {
    async *exportReport(request, context) {
      const tenantId = organizationOf(context);
      const { report, format, locale } = request;
      const question =
        report.case === "savedReportId" ? await savedQuestion(db(), context, report.value, now()) : undefined;
      const client = await beginSnapshot(pool(), tenantId);
      try {
        const { columns, pages } = await tableOf(client, tenantId, report, question, now());
        const names = columns.map(([name]) => name);
        const writer = tableWriter(format, names, locale);
        let head = writer.head();
        for await (const rows of pages) {
          const lines = rows.map((row) => writer.row(columns.map(([, cell]) => cell(row))));
          yield { chunk: Buffer.from(head + lines.join("")), rowCount: BigInt(rows.length) };
          head = "";
        }
        if (head !== "") yield { chunk: Buffer.from(head), rowCount: 0n };
      } finally {
        await endSnapshot(client);
      }
    },
  };
}

async function tableOf(
  client: pg.ClientBase,
  tenantId: string,
  report: ExportReportRequest["report"],
  saved: ReadQuestion | undefined,
  now: Date,
): Promise<Table> {
  switch (report.case) {
    case "registrations": {
      const query = factQuery(
        scopeOf(tenantId, report.value.filter),
        readPeriod(report.value.period, now),
        report.value,
      );
      return table(registrationColumns, registrationPages(client, query));
    }
    case "questions": {
      const { courseId, courseVersionId, filter, period } = report.value;
      if (!(await presentEntity(client, tenantId, "course", courseId))) throw courseNotFound({ id: courseId });
      const cohort = cohortOf(scopeOf(tenantId, filter, { courseIds: [courseId] }), readPeriod(period, now));
      return table(
        questionColumns,
        inPages(await listQuestions(client, cohort, courseVersionId), async (rows) => rows),
      );
    }
    case "courses": {
      const { filter, period, order } = report.value;
      const scope = scopeOf(tenantId, filter);
      const range = readPeriod(period, now);
      const all = await sortedCourses(client, scope, range, order);
      return table(
        courseColumns,
        inPages(all, (rows) => withFigures(client, scope, range, rows)),
      );
    }
    case "learners":
      return table(learnerColumns, learnerPages(client, tenantId, report.value, now));
    case "customers": {
      const { filter, period, query } = report.value;
      const scope = scopeOf(tenantId, filter);
      const range = readPeriod(period, now);
      const all = await sortedCustomers(client, scope, range, query);
      return table(
        customerColumns,
        inPages(all, (rows) => customersWithFigures(client, scope, range, rows)),
      );
    }
    default: {
      const read = saved ?? readQuestion(report.case === "question" ? report.value : undefined, now);
      const rows = await runReport(client, tenantId, read);
      return table(
        reportColumns(read.question),
        inPages(rows, async (some) => some),
      );
    }
  }
}

async function* registrationPages(client: pg.ClientBase, query: ReturnType<typeof factQuery>) {
  let after: readonly (string | number)[] | undefined;
  for (;;) {
    const rows = await readFacts(client, query, after, PAGE);
    if (rows.length > 0) yield rows.map(toRegistrationFacts);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = factKeys(last);
  }
}

async function* learnerPages(
  client: pg.ClientBase,
  tenantId: string,
  request: Extract<ExportReportRequest["report"], { case: "learners" }>["value"],
  now: Date,
) {
  const scope = scopeOf(tenantId, request.filter);
  const range = readPeriod(request.period, now);
  const question = { scope, range, query: request.query, order: request.order };
  let after: readonly (string | number)[] | undefined;
  for (;;) {
    const { rows } = await pageOfLearners(client, question, { limit: PAGE, after });
    const page = rows.slice(0, PAGE);
    if (page.length > 0) yield await withLearnerFigures(client, scope, range, page);
    const last = page.at(-1);
    if (last === undefined || rows.length <= PAGE) return;
    after = sortKeysOf(request.order)(last);
  }
}

async function* inPages<Entry, Row>(
  entries: readonly Entry[],
  rowsOf: (entries: readonly Entry[]) => Promise<readonly Row[]>,
): AsyncGenerator<readonly Row[]> {
  for (let start = 0; start < entries.length; start += PAGE) yield await rowsOf(entries.slice(start, start + PAGE));
}
