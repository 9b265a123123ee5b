import { fieldInvalid } from "@coursemesh/platform/errors/service-error.ts";
import { z } from "zod";
import type { QueryParameters } from "../http/query-parameters.ts";

/** How far into a list pages may be asked for by number; what lies deeper is found with filters. */
const DEEPEST = 10_000;
const LARGEST = 100;
const STRIDE = 200;

/** What a request for a page says. */
export interface PageWish {
  /** From 1. */
  readonly page: number;
  readonly limit: number;
}

/** What an answer says of its page. */
export const pageSchema = z.object({
  page: z.int(),
  limit: z.int(),
  total: z.int(),
  totalPages: z.int(),
});

export const PAGE_PARAMETERS = {
  page: "Number of the page, from 1.",
  limit: `Rows on a page, at most ${LARGEST}; 20 when absent.`,
} as const;

/** Reads `page` and `limit`. @throws FIELD_INVALID */
export function readPageWish(query: QueryParameters): PageWish {
  const page = query.count("page") ?? 1;
  const limit = query.count("limit") ?? 20;
  if (page < 1) throw fieldInvalid("page", "begins with 1");
  if (limit < 1 || limit > LARGEST) throw fieldInvalid("limit", `must be from 1 to ${LARGEST}`);
  if (page * limit > DEEPEST) throw fieldInvalid("page", `pages end at row ${DEEPEST}; narrow the list by filters`);
  return { page, limit };
}

/** One reading of a list whose pages follow each other by token. */
export type ReadRows<Row> = (request: {
  readonly pageSize: number;
  readonly pageToken: string;
  readonly withTotal: boolean;
}) => Promise<{ readonly rows: readonly Row[]; readonly nextPageToken: string; readonly total: number | undefined }>;

/** The rows of a page by its number, over a list that knows only what comes next. */
export async function numberedPage<Row>(
  { page, limit }: PageWish,
  read: ReadRows<Row>,
): Promise<{ readonly rows: readonly Row[]; readonly paging: z.output<typeof pageSchema> }> {
  const first = (page - 1) * limit;
  const rows: Row[] = [];
  let seen = 0;
  let total = 0;
  let pageToken = "";
  do {
    const pageSize = Math.min(STRIDE, first + limit - seen);
    const read1 = await read({ pageSize, pageToken, withTotal: seen === 0 });
    if (seen === 0) total = read1.total ?? 0;
    rows.push(...read1.rows.slice(Math.max(0, first - seen)));
    seen += read1.rows.length;
    pageToken = read1.nextPageToken;
  } while (pageToken !== "" && seen < first + limit);
  return { rows, paging: { page, limit, total, totalPages: Math.ceil(total / limit) } };
}
