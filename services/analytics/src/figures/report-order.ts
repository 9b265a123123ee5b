import type { PageKeys, PageStart } from "@coursemesh/platform/page/page-token.ts";
import { ReportOrder } from "@coursemesh/proto/coursemesh/analytics/v1/course_report_pb.ts";
import type { GroupSums } from "./grouped-figures.ts";

/** What a row of a report is sorted by, in ascending order; ties by id. */
export type SortKey = readonly [value: number | string, id: string];

interface Sortable extends GroupSums {
  readonly name: string;
  /** Unix milliseconds; 0 for never. */
  readonly lastActivity: number;
}

const share = (count: number, of: number, without: number): number => (of > 0 ? count / of : without);

function sortValueOf({ happened, standing, name, lastActivity }: Sortable, order: ReportOrder): number | string {
  switch (order) {
    case ReportOrder.REGISTRATIONS_DESC:
      return -standing.covered;
    case ReportOrder.COMPLETION_ASC:
      return share(standing.complete, standing.covered, 2);
    case ReportOrder.COMPLETION_DESC:
      return -share(standing.complete, standing.covered, -1);
    case ReportOrder.SCORE_ASC:
      return share(standing.score, standing.scored, Number.MAX_SAFE_INTEGER);
    case ReportOrder.SCORE_DESC:
      return -share(standing.score, standing.scored, -Number.MAX_SAFE_INTEGER);
    case ReportOrder.TIME_DESC:
      return -happened.wall_ms;
    case ReportOrder.NAME_ASC:
      return name.toLowerCase();
    case ReportOrder.LAST_ACTIVITY_DESC:
      return -lastActivity;
    default:
      return -happened.launches;
  }
}

/** Sorts rows of a report. */
export function sortGroups<Row>(
  rows: readonly Row[],
  order: ReportOrder,
  sortableOf: (row: Row) => Sortable,
): (Row & { readonly sort: SortKey })[] {
  return rows
    .map((row) => {
      const sortable = sortableOf(row);
      return { ...row, sort: [sortValueOf(sortable, order), sortable.key] as const };
    })
    .toSorted((one, other) => compare(one.sort, other.sort));
}

function compare(one: SortKey, other: SortKey): number {
  if (one[0] !== other[0]) return one[0] < other[0] ? -1 : 1;
  return one[1] === other[1] ? 0 : one[1] < other[1] ? -1 : 1;
}

/** Rows of one page, and one more when there are more. */
export function pageOf<Row extends { readonly sort: SortKey }>(rows: readonly Row[], start: PageStart): Row[] {
  const { after, limit } = start;
  const begin = after ? rows.findIndex(({ sort }) => compare(sort, keyOf(after)) > 0) : 0;
  return begin < 0 ? [] : rows.slice(begin, begin + limit + 1);
}

const keyOf = (keys: PageKeys): SortKey => [keys[0] ?? 0, String(keys[1] ?? "")];
