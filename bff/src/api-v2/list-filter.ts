import { type Timestamp, timestampMs } from "@bufbuild/protobuf/wkt";
import type { QueryParameters } from "../http/query-parameters.ts";

/** What lists of destinations and dispatches may be narrowed to by fields that the service looks for more widely. */
export interface ListFilter<Row> {
  /** Text the service looks for in all of its fields. */
  readonly text: string;
  /** Whether a row the service found is one that was asked for. */
  readonly matches: (row: Row) => boolean;
  /** True when every row the service finds is one that was asked for. */
  readonly exact: boolean;
  /** Limits the service applies itself. */
  readonly times: { readonly updatedSince?: Timestamp; readonly updatedUntil?: Timestamp };
}

/**
 * Reads `filter`, `filterBy`, `since`, `until` and `datetimeFilter`.
 * @param fields texts of a row by the names `filterBy` may have, the default first.
 */
export function readListFilter<Row extends { readonly createTime?: Timestamp | undefined }>(
  query: QueryParameters,
  fields: Readonly<Record<string, (row: Row) => string>>,
): ListFilter<Row> {
  const text = query.text("filter") ?? "";
  const names = Object.keys(fields);
  const fieldOf = fields[query.choice("filterBy", names, names[0] ?? "")] ?? (() => "");
  const since = query.time("since");
  const until = query.time("until");
  const byCreation = query.choice("datetimeFilter", ["updated", "created"], "updated") === "created";
  const looked = text.toLowerCase();
  return {
    text,
    matches: (row) =>
      (looked === "" || fieldOf(row).toLowerCase().includes(looked)) &&
      (!byCreation || within(row.createTime, since, until)),
    exact: looked === "" && !(byCreation && (since ?? until)),
    times: byCreation ? {} : { ...(since && { updatedSince: since }), ...(until && { updatedUntil: until }) },
  };
}

/** Whether a request names anything to narrow a list by; changes to whole lists need it. */
export function isNarrowed(query: QueryParameters): boolean {
  return (
    ["courseId", "since", "until", "filter"].some((name) => query.text(name) !== undefined) ||
    query.list("tags").length > 0
  );
}

/** Both ends included. */
export function within(
  time: Timestamp | undefined,
  since: Timestamp | undefined,
  until: Timestamp | undefined,
): boolean {
  if (time === undefined) return false;
  const at = timestampMs(time);
  return (since === undefined || at >= timestampMs(since)) && (until === undefined || at <= timestampMs(until));
}
