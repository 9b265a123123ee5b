import { Completion, Success } from "@coursemesh/proto/coursemesh/runtime/v1/result_pb.ts";

/**
 * Where figures come from. Each query is over a range of time and a scope of dispatches, `d`, that track learners, and names what it groups
 * by itself: `at` is the time that puts a row into a day, `e.deployment_id` and the like its place.
 *
 * Launches and learners count in the day of the launch, completions in the day they were reached, refusals and downloads in theirs. Statuses,
 * score and time are of the sessions that were begun in a day, as they stand now: so every session is in exactly one day, and its five
 * statuses add up to all sessions.
 */
export interface FigureQuery {
  /** Columns that count. */
  readonly counts: string;
  /** Tables and what limits them; `$1` is the organization, `$2` and `$3` the time from and until. */
  readonly from: string;
  readonly at: string;
  /** Column with the deployment; none where there is no deployment. */
  readonly deployment?: string;
}

const PASSED = `e.success = ${Success.PASSED}`;
const FAILED = `e.success = ${Success.FAILED}`;
const NEITHER = `e.success not in (${Success.PASSED}, ${Success.FAILED})`;
const COMPLETE = `e.completion = ${Completion.COMPLETE}`;
const NOT_ATTEMPTED = `e.completion in (0, ${Completion.NOT_ATTEMPTED})`;
const COUNTED = "not e.test and e.merged_into is null";
const within = (column: string): string => `${column} >= $2 and ${column} < $3`;

export const FIGURE_QUERIES: readonly FigureQuery[] = [
  {
    counts: "count(*) as launches, count(distinct (e.dispatch_id, e.learner_key)) as unique_learners",
    from: `launch_exchange x join external_session e on e.id = x.external_session_id join dispatch d on d.id = x.dispatch_id
      where x.tenant_id = $1 and ${within("x.created_at")} and not e.test`,
    at: "x.created_at",
    deployment: "x.deployment_id",
  },
  {
    counts: "count(*) as completions",
    from: `external_session e join dispatch d on d.id = e.dispatch_id
      where e.tenant_id = $1 and ${within("e.finished_at")} and ${COUNTED} and (${COMPLETE} or ${PASSED})`,
    at: "e.finished_at",
    deployment: "e.deployment_id",
  },
  {
    counts: `count(e.score_raw) as score_count, sum(e.score_raw) as score_sum, sum(e.total_seconds) as total_seconds,
      count(*) filter (where ${PASSED}) as passed, count(*) filter (where ${FAILED}) as failed,
      count(*) filter (where ${NEITHER} and ${COMPLETE}) as completed,
      count(*) filter (where ${NEITHER} and ${NOT_ATTEMPTED}) as not_attempted,
      count(*) filter (where ${NEITHER} and not (${COMPLETE} or ${NOT_ATTEMPTED})) as incomplete`,
    from: `external_session e join dispatch d on d.id = e.dispatch_id
      where e.tenant_id = $1 and ${within("e.created_at")} and ${COUNTED}`,
    at: "e.created_at",
    deployment: "e.deployment_id",
  },
  {
    counts: "count(*) as refusals",
    from: `refusal r join dispatch d on d.id = r.dispatch_id where r.tenant_id = $1 and ${within("r.created_at")}`,
    at: "r.created_at",
    deployment: "r.deployment_id",
  },
  {
    counts: "count(*) as downloads",
    from: `package_download l join package p on p.id = l.package_id join dispatch d on d.id = p.dispatch_id
      where l.tenant_id = $1 and ${within("l.counted_at")}`,
    at: "l.counted_at",
  },
];

/** Which dispatches figures are of; all of the organization when nothing is set. */
export interface FigureScope {
  readonly dispatchIds?: readonly string[];
  readonly destinationId?: string;
}

/** Condition over `d`; its parameters are `$4` and `$5`. */
export const IN_SCOPE =
  "d.tracking_enabled and ($4::uuid[] is null or d.id = any($4)) and ($5::uuid is null or d.destination_id = $5)";
