import { create } from "@bufbuild/protobuf";
import { inTenant } from "@coursemesh/platform/db/database.ts";
import {
  type DispatchFigures,
  type ExportDispatchAnalyticsResponse,
  ExportDispatchAnalyticsResponseSchema,
} from "@coursemesh/proto/coursemesh/dispatch/v1/dispatch_analytics_pb.ts";
import type { DispatchParts } from "../dispatch-parts.ts";
import { errors } from "../errors.ts";
import { csvLine } from "./csv-line.ts";
import { allDays, type Days } from "./day-range.ts";
import { readTimeline } from "./read-figures.ts";

const COLUMNS: readonly (readonly [string, (figures: DispatchFigures) => bigint | number | undefined])[] = [
  ["launches", (figures) => figures.launches],
  ["unique_learners", (figures) => figures.uniqueLearners],
  ["completions", (figures) => figures.completions],
  ["average_score", (figures) => figures.averageScore],
  ["total_seconds", (figures) => figures.totalSeconds],
  ["not_attempted", (figures) => figures.notAttempted],
  ["incomplete", (figures) => figures.incomplete],
  ["completed", (figures) => figures.completed],
  ["passed", (figures) => figures.passed],
  ["failed", (figures) => figures.failed],
  ["refusals", (figures) => figures.refusals],
  ["downloads", (figures) => figures.downloads],
];

interface Named {
  readonly id: string;
  readonly external_id: string;
  readonly name: string;
  readonly destination: string;
}

/** Figures as CSV, a line for each dispatch and day on which anything happened, one dispatch at a time. @throws DISPATCH_NOT_FOUND */
export async function* exportFigures(
  { pool }: DispatchParts,
  tenantId: string,
  days: Days,
  dispatchIds: readonly string[],
): AsyncGenerator<ExportDispatchAnalyticsResponse> {
  const dispatches = await inTenant(pool(), tenantId, async (client) => {
    const { rows } = await client.query<Named>(
      `select d.id, d.external_id, d.name, s.name as destination from dispatch d join destination s on s.id = d.destination_id
       where d.tenant_id = $1 and ($2::uuid[] is null or d.id = any($2)) order by d.name_key, d.id`,
      [tenantId, dispatchIds.length === 0 ? null : dispatchIds],
    );
    return rows;
  });
  const missing = dispatchIds.find((id) => !dispatches.some((dispatch) => dispatch.id === id.toLowerCase()));
  if (missing !== undefined) throw errors.dispatchNotFound({ id: missing });

  yield chunk(csvLine(["day", "dispatch_id", "external_id", "name", "destination", ...COLUMNS.map(([name]) => name)]));
  for (const { id, external_id, name, destination } of dispatches) {
    const { byDay } = await inTenant(pool(), tenantId, (client) =>
      readTimeline(client, tenantId, days, { dispatchIds: [id] }),
    );
    const lines = allDays(days).flatMap((day) => {
      const figures = byDay.get(day);
      return figures === undefined
        ? []
        : [csvLine([day, id, external_id, name, destination, ...COLUMNS.map(([, read]) => read(figures))])];
    });
    if (lines.length > 0) yield chunk(lines.join(""));
  }
}

const encoder = new TextEncoder();

const chunk = (text: string): ExportDispatchAnalyticsResponse =>
  create(ExportDispatchAnalyticsResponseSchema, { chunk: encoder.encode(text) });
