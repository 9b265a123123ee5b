import { TimeKind } from "@coursemesh/proto/coursemesh/analytics/v1/course_report_pb.ts";
import {
  FigureKind,
  type ListRegistrationFactsRequest,
} from "@coursemesh/proto/coursemesh/analytics/v1/registration_facts_pb.ts";
import { figureNotListable } from "../errors.ts";
import type { Scope } from "../figures/scope.ts";
import { STATUSES } from "../fold/folded.ts";
import { SCORE_UNIT } from "../fold/measures.ts";
import type { Range } from "../period/read-period.ts";
import { enumName } from "../report/enum-name.ts";

/** A condition on `registration_fact r` and its values. */
export interface FactQuery {
  readonly where: string;
  readonly values: readonly unknown[];
}

type FigureRequest = Pick<
  ListRegistrationFactsRequest,
  | "figure"
  | "scoreFrom"
  | "scoreTo"
  | "activityId"
  | "questionId"
  | "answer"
  | "attempts"
  | "timeKind"
  | "timeFromMs"
  | "timeToMs"
>;

/** Happenings, with the measure that counts them. */
const HAPPENINGS = new Map<FigureKind, string>([
  [FigureKind.LAUNCHED, "launches"],
  [FigureKind.COMPLETIONS, "completions"],
  [FigureKind.PASSES, "passes"],
  [FigureKind.FAILURES, "failures"],
]);

/** Active time unless another is asked for. */
const TIME_COLUMNS = new Map<TimeKind, string>([
  [TimeKind.WALL, "wall_ms"],
  [TimeKind.REPORTED, "reported_ms"],
]);

const STATUS_OF = new Map<FigureKind, number>([
  [FigureKind.NOT_ATTEMPTED, 1],
  [FigureKind.INCOMPLETE, 2],
  [FigureKind.COMPLETED_ONLY, 3],
  [FigureKind.PASSED, 4],
  [FigureKind.FAILED, 5],
]);

/**
 * The registrations that a figure counts. Statuses are those at the end of the period; scores, stops and answers those of now, of
 * registrations that were active in the period. @throws FIGURE_NOT_LISTABLE
 */
export function factQuery(scope: Scope, range: Range, request: FigureRequest): FactQuery {
  const values: unknown[] = [scope.tenantId, ...scope.values];
  const put = (value: unknown): string => `$${values.push(value)}`;
  const from = put(new Date(range.from));
  const to = put(new Date(range.to));
  const inRange = `f.tenant_id = r.tenant_id and f.registration_id = r.registration_id and f.at >= ${from} and f.at < ${to}`;
  const happened = (condition: string): string => `exists (select 1 from fact f where ${inRange} and ${condition})`;
  const stood = (measure: string): string =>
    `r.created_at < ${to} and (select sum(f.${measure}) from fact f
       where f.tenant_id = r.tenant_id and f.registration_id = r.registration_id and f.at < ${to}) > 0`;
  const needs = (field: keyof FigureRequest, name: string): void => {
    if (request[field] === "")
      throw figureNotListable({ figure: enumName(FigureKind, request.figure), field: name }, `${name} is missing`);
  };
  // Few of a large course's registrations were heard of since; the rest need not be looked up among the facts.
  const active = `r.last_active_at >= ${from} and ${happened("f.active")}`;
  const inActivity = (state: string): string => {
    needs("activityId", "activity_id");
    return `${active} and exists (select 1 from activity_fact a where a.tenant_id = r.tenant_id
      and a.registration_id = r.registration_id and ${state} and a.activity_id = ${put(request.activityId)})`;
  };

  const condition = (): string => {
    const status = STATUS_OF.get(request.figure);
    if (status !== undefined) return stood(STATUSES[status - 1] ?? "");
    const happening = HAPPENINGS.get(request.figure);
    if (happening !== undefined) return happened(`f.${happening} > 0`);
    switch (request.figure) {
      case FigureKind.ACTIVE:
        return active;
      case FigureKind.REGISTERED:
        return stood("covered");
      case FigureKind.NEW:
        return `r.created_at >= ${from} and r.created_at < ${to}`;
      // Rates of completion count whatever is complete, also with a verdict.
      case FigureKind.COMPLETED:
        return stood("complete");
      case FigureKind.SCORED:
        return `${active} and ${scoreCondition(request, put)}`;
      case FigureKind.UNSCORED:
        return `${active} and r.score is null`;
      case FigureKind.REACHED:
        return inActivity("true");
      case FigureKind.FINISHED:
        return inActivity("a.finished");
      case FigureKind.STOPPED:
        return inActivity("a.stopped");
      case FigureKind.TIMED:
        return `${active} and ${timeCondition(request, put)}`;
      case FigureKind.ATTEMPTS:
        return attemptCondition(scope, active, put(request.attempts));
      case FigureKind.ANSWERED: {
        needs("questionId", "question_id");
        const given = request.answer === "" ? "" : `and a.answer = ${put(request.answer)}`;
        const where = request.activityId === "" ? "" : `and a.activity_id = ${put(request.activityId)}`;
        return `${active} and exists (select 1 from answer_fact a where a.tenant_id = r.tenant_id
          and a.registration_id = r.registration_id and a.question_id = ${put(request.questionId)} ${given} ${where})`;
      }
      case FigureKind.OPEN:
        return "r.open";
      default:
        throw figureNotListable({ figure: String(request.figure), field: "figure" });
    }
  };
  // Every condition names both bounds, because PostgreSQL wants to know the type of each value it is given.
  const known = `(${from}::timestamptz is not null and ${to}::timestamptz is not null)`;
  const where = `r.tenant_id = $1 and ${scope.whereRegistration} and ${known} and ${condition()}`;
  return { where, values };
}

/** The same bounds as a step of a distribution: the last takes its end in. */
function scoreCondition(request: FigureRequest, put: (value: unknown) => string): string {
  const scaled = (value: number): number => Math.round(value * SCORE_UNIT);
  const bounds = (column: string): string => {
    const from = request.scoreFrom === undefined ? "" : `and ${column} >= ${put(scaled(request.scoreFrom))}`;
    const { scoreTo } = request;
    const end = scoreTo === undefined ? "" : `and ${column} ${scoreTo >= 1 ? "<=" : "<"} ${put(scaled(scoreTo))}`;
    return `${column} is not null ${from} ${end}`;
  };
  if (request.activityId === "") return bounds("r.score");
  return `exists (select 1 from activity_fact a where a.tenant_id = r.tenant_id and a.registration_id = r.registration_id
    and a.activity_id = ${put(request.activityId)} and ${bounds("a.score")})`;
}

function timeCondition({ timeKind, timeFromMs, timeToMs }: FigureRequest, put: (value: unknown) => string): string {
  const column = `r.${TIME_COLUMNS.get(timeKind) ?? "active_ms"}`;
  const end = timeToMs === undefined ? "" : `and ${column} < ${put(timeToMs)}::float8`;
  return `${column} >= ${put(timeFromMs ?? 0)}::float8 ${end}`;
}

/**
 * The fewest attempts of a learner count, over the registrations that the figure looks at; these are gone through once. The scope's conditions
 * call a registration `r`, so they have a query of their own.
 */
function attemptCondition(scope: Scope, active: string, wanted: string): string {
  return `r.registration_id in (
    select a.registration_id from (
      select r.registration_id, r.attempts_to_pass, min(nullif(r.attempts_to_pass, 0)) over (partition by r.learner_no) as fewest
      from registration_fact r where r.tenant_id = $1 and ${scope.whereRegistration} and ${active}
    ) a where a.attempts_to_pass = ${wanted}::int and coalesce(a.fewest, 0) = ${wanted}::int)`;
}
